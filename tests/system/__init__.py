"""A whole installation looked at from outside, which ends with the last of these tests."""
