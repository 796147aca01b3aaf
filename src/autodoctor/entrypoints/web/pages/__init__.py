"""Pages for people: views in, HTML out."""
