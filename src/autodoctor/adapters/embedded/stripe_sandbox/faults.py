"""Stripe's error answers."""

import attrs

from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc


@attrs.frozen
class StripeFault(Exception):
    """An answer of the form `{"error": {"type", "code", "message", "param"}}`."""

    status: int
    message: str
    type: str = "invalid_request_error"
    code: str | None = None
    param: str | None = None

    @property
    def body(self) -> Doc:
        told = {"type": self.type, "code": self.code, "message": self.message, "param": self.param}
        return {"error": {name: value for name, value in told.items() if value is not None}}


def refused(message: str, *, code: str | None = None, param: str | None = None) -> StripeFault:
    return StripeFault(400, message, code=code, param=param)


def unknown_object(kind: str, object_id: str, *, param: str | None = None) -> StripeFault:
    """404 for the object in the path, 400 for one that a parameter names."""
    return StripeFault(
        400 if param else 404,
        f"No such {kind}: '{object_id}'",
        code="resource_missing",
        param=param or "id",
    )
