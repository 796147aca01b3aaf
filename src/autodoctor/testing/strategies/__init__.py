"""Hypothesis strategies for the domain's values. Needs the extra `testing`."""
