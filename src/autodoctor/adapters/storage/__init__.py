"""Files: where they lie, what they are, and the links that lead to them."""
