"""What can be bought: a price, a time, abilities."""
