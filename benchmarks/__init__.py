"""Measurements as ratios: both sides in the same run, on the same machine, results checked."""
