"""Finding mechanics."""
