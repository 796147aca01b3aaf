"""What people can do: use cases, one function each. A use case asks whether the actor may,
opens one unit of work, makes a domain call, and keeps the new state with its events."""
