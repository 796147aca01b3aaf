"""What stands in for servers and vendors on one machine."""
