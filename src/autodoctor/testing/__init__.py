"""What helps to test against autodoctor: Hypothesis strategies and named invariants."""
