"""Companies whose people use the service: their departments, their employees, their tier."""
