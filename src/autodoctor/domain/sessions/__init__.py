"""Consultations: their life, their clock, the request mechanics see, cancelling."""
