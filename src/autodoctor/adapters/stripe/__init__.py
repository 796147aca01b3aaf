"""Payments by Stripe: Checkout, separate charges and transfers, Connect Express accounts.

The SDK takes a fifth of a second to import; it is imported when a client is made.
"""
