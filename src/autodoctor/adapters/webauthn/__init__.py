"""Passkeys, with the webauthn library."""
