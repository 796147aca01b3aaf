"""Demo people and the demo story. Never in production."""
