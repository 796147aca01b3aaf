"""Many at once; both installations end with the last of these tests."""
