"""Catches all mail on this machine, so that nothing is delivered while one develops."""
