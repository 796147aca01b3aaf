"""A company's API keys: making, listing, revoking. Its own people do it, no key does."""

import attrs

from autodoctor.application.access.api_keys import KEYS, MAKE_KEYS
from autodoctor.application.access.may import Whose, may
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.corporate.own import open_organization
from autodoctor.domain.corporate.api_key import (
    KEYS_MAX,
    ApiKey,
    Scope,
    Secret,
    TooManyApiKeys,
    make,
)
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import AccountId, ApiKeyId
from autodoctor.ports.bundle import Ports


@attrs.frozen
class NewKey:
    """`text` is the key itself, and is never shown again."""

    key: ApiKey
    text: str = attrs.field(repr=False)


@attrs.frozen
class ListedKey:
    key: ApiKey
    made_by: str


def keys(ports: Ports, *, actor: Actor) -> tuple[ListedKey, ...]:
    """Newest first, those that open nothing any more, too."""
    may(actor, KEYS)
    with ports.transactions(actor) as tx:
        found = tx.api_keys.of_organization(open_organization(tx, actor).id)
        makers: dict[AccountId, str] = {
            maker: tx.accounts.get(maker).name for maker in {key.created_by for key in found}
        }
    return tuple(ListedKey(key, makers[key.created_by]) for key in found)


def make_key(
    ports: Ports, *, actor: Actor, name: str, scope: Scope, days: int | None = None
) -> NewKey:
    """Refusals: InvalidField, TooManyApiKeys."""
    may(actor, MAKE_KEYS)
    secret, at = Secret.of(ports.ids.secret()), ports.now()
    with ports.transactions(actor) as tx:
        company = open_organization(tx, actor, lock=True)
        made, events = make(
            key_id=ApiKeyId(ports.ids.new()),
            organization_id=company.id,
            name=name,
            scope=scope,
            secret=secret,
            secret_hash=digest(secret.text),
            days=days,
            by=actor.account_id,
            at=at,
        )
        there = tx.api_keys.of_organization(company.id)
        if sum(key.alive(at=at) for key in there) >= KEYS_MAX:
            raise TooManyApiKeys(KEYS_MAX)
        tx.api_keys.add(made)
        tx.outbox.record(*events, by=actor, at=at)
    return NewKey(made, secret.text)


def revoke_key(ports: Ports, *, actor: Actor, key_id: ApiKeyId) -> ApiKey:
    """It opens nothing from the next request on. Again changes nothing. Raises Missing."""
    may(actor, MAKE_KEYS)
    at = ports.now()
    with ports.transactions(actor) as tx:
        open_organization(tx, actor)
        before = tx.api_keys.get(key_id, lock=True)
        may(actor, MAKE_KEYS, Whose(organization_id=before.organization_id))
        after, events = before.revoke(at=at)
        if not events:
            return before
        tx.outbox.record(*events, by=actor, at=at)
        return tx.api_keys.save(after)
