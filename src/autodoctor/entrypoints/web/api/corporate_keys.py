"""A company's API keys: listing, making, revoking."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import attrs
from msgspec import Meta

from autodoctor.application.access.api_keys import KEYS, MAKE_KEYS
from autodoctor.application.corporate.api_keys import ListedKey, keys, make_key, revoke_key
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.domain.corporate.api_key import DAYS_MAX, ApiKey, Scope, TooManyApiKeys
from autodoctor.domain.corporate.organization import OrganizationNotApproved, OrganizationSuspended
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ApiKeyId
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

corporate_keys = Endpoints("Companies")

CLOSED = (CompanyUntold, OrganizationNotApproved, OrganizationSuspended)
Days = Annotated[int, Meta(ge=1, le=DAYS_MAX)]


@attrs.frozen(kw_only=True)
class KeyRow:
    """`status` is active, expired or revoked; `used_at` is exact to the minute."""

    id: UUID
    name: str
    scope: str
    prefix: str
    status: str
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    used_at: datetime | None

    @classmethod
    def of(cls, found: ListedKey, *, at: datetime) -> "KeyRow":
        key = found.key
        return cls(
            id=key.id,
            name=key.name,
            scope=key.scope,
            prefix=key.prefix,
            status=status(key, at=at),
            created_at=key.created_at,
            created_by=found.made_by,
            expires_at=key.expires_at,
            used_at=key.used_at,
        )


def status(key: ApiKey, *, at: datetime) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "active" if key.alive(at=at) else "expired"


@attrs.frozen(kw_only=True)
class KeyList:
    keys: tuple[KeyRow, ...]


@corporate_keys.route("GET", "/api/corporate/keys", action=KEYS, answer=KeyList, refusals=CLOSED)
def listed(call: Call) -> KeyList:
    """The company's API keys, newest first."""
    at = call.ports.now()
    found = keys(call.ports, actor=call.who)
    return KeyList(keys=tuple(KeyRow.of(each, at=at) for each in found))


class KeyBody(Body):
    """`read` looks, `manage` also changes; neither makes keys. Without `days` it lasts until it
    is revoked."""

    name: str
    scope: Literal["read", "manage"] = "read"
    days: Days | None = None


@attrs.frozen(kw_only=True)
class KeyMade:
    """`key` is told here and never again: send it as `Authorization: Bearer …`."""

    id: UUID
    key: str = attrs.field(repr=False)
    prefix: str
    scope: str
    expires_at: datetime | None


@corporate_keys.route(
    "POST",
    "/api/corporate/keys",
    action=MAKE_KEYS,
    body=KeyBody,
    answer=KeyMade,
    status=201,
    refusals=(*CLOSED, InvalidField, TooManyApiKeys),
    keyed=False,
)
def make(call: Call, *, body: KeyBody) -> KeyMade:
    """Make an API key for the company's own programs.

    It opens `/api/corporate/…` alone, with at most the seat of who made it, and is dead when
    they leave the company.
    """
    made = make_key(
        call.ports, actor=call.who, name=body.name, scope=Scope(body.scope), days=body.days
    )
    key = made.key
    return KeyMade(
        id=key.id, key=made.text, prefix=key.prefix, scope=key.scope, expires_at=key.expires_at
    )


@corporate_keys.route(
    "DELETE",
    "/api/corporate/keys/{key_id}",
    action=MAKE_KEYS,
    refusals=(*CLOSED, Missing),
)
def revoke(call: Call, *, key_id: UUID) -> None:
    """Revoke a key: it opens nothing from the next request on. Again changes nothing."""
    revoke_key(call.ports, actor=call.who, key_id=ApiKeyId(key_id))
