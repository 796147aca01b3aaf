"""What companies do: bring their people in, and run what these may use."""
