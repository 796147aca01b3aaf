"""Mechanics at work: shift, queue, earnings."""
