"""autodoctor: people with a car problem talk to certified mechanics."""
