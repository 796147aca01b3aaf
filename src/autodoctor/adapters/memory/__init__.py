"""Ports kept in memory: for tests of what leans on them, obeying the same contracts."""
