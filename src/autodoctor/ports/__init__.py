"""What autodoctor needs from outside, as small Protocols in its own words."""
