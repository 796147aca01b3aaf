"""Hypothesis state machines: whole lives in any order, on a shelf of your choice."""
