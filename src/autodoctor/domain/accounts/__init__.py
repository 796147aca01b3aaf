"""People: how they sign in, what they agreed to, which hats they wear."""
