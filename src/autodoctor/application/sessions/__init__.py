"""Requests, the room and its clock, endings."""
