"""Open streams: one for each login, told what PostgreSQL holds for it."""
