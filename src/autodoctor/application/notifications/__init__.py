"""Telling people, by the table: in the app and by mail, each once."""
