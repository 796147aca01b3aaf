"""Starts every part of an installation on one machine, and starts again what dies."""
