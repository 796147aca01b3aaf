"""What is said, shown and written in a session."""
