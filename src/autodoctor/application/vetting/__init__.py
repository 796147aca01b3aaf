"""Applications and documents: handed in, asked about, decided."""
