"""Mail handed to a server by SMTP."""
