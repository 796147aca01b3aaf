"""Work that is done in the background: how often it is tried, and when it is given up."""
