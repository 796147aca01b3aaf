"""The tables of the first version, by context. What stands here is history: it is not changed."""
