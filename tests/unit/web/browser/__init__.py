"""The kit, looked at by Chromium: one for all of it."""
