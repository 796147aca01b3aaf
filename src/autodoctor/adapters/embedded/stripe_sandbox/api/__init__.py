"""The part of Stripe's API that is spoken, under /v1."""
