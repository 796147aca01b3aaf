"""Valkey (or Redis): the queue, wake-up calls, whispers, limits. Nothing here is kept."""
