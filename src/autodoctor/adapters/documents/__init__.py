"""Documents people keep, set by Typst."""
