"""Secrets that travel: cookies and mailed links. Only their SHA-256 is kept."""

from hashlib import sha256


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
