"""`Stripe-Signature`: HMAC-SHA256 over the time and the body, in hex."""

import hmac
from hashlib import sha256


def signature(*, payload: bytes, secret: str, at: int) -> str:
    signed = f"{at}.".encode() + payload
    return f"t={at},v1={hmac.new(secret.encode(), signed, sha256).hexdigest()}"
