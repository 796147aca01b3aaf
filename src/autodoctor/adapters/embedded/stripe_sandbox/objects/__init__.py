"""Stripe's objects: their shapes, what may be done to them, and the events it causes."""
