"""PostgreSQL: tables, mappings, stores, queries, migrations."""
