"""autodoctor: people with a car problem talk to certified mechanics."""

__version__ = "0.1.0"
