"""What vehicle identification numbers say, decoded on this machine."""
