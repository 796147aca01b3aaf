"""A browser before a whole installation, which ends with the last of these tests."""
