"""The HTTP server in front of the web application: whole requests in, whole answers out."""
