"""Whether a call was made by the payment provider: asked before it is counted."""

from autodoctor.ports.bundle import Ports
from autodoctor.ports.payment_refusals import NoticeUnreadable, SignatureInvalid


def signed_by_provider(ports: Ports, *, payload: bytes, signature: str) -> bool:
    """Also for what is signed and cannot be understood. Nothing is looked up for it."""
    try:
        ports.notices.parse(payload, signature, ports.now())
    except SignatureInvalid:
        return False
    except NoticeUnreadable:
        return True
    return True
