"""`make soak`: an installation under mixed load for ten minutes; what grows, and how fast."""
