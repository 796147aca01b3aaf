"""Codes of authenticator apps, with pyotp and segno."""
