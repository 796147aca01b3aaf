"""Mechanics: profile, completion, papers, reputation."""
