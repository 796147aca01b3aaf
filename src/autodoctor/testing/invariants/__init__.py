"""What must always be true, as functions that assert it of whatever was loaded.

They take domain objects and know nothing of where those were kept.
"""
