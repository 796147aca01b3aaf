"""The HTTP API: declarations that parse, answer and document themselves."""
