"""Lists and dashboards in PostgreSQL: one statement each, into frozen views."""
