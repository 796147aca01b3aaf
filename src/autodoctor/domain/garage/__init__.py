"""What customers keep for the next time: their vehicles, and whom they liked."""
