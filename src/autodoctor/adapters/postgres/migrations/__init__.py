"""The schema's history. `autodoctor db upgrade` brings a database to its newest version."""
