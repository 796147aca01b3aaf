"""Repair shops: what they are, and the quotes they give."""
