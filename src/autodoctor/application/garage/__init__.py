"""Customers' vehicles and favourites."""
