"""What tests of running systems share."""
