"""Talking, showing, writing down, rating."""
