"""Agreeing to what everybody agrees to, for who came in without the sign-up form; and what
somebody has agreed to."""

from autodoctor.application.access.accounts import CONSENTS, NOTIFICATIONS
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_in import SignedIn, go_on, held
from autodoctor.domain.accounts.consent import VERSIONS, Consent, ConsentKind, changed_since, give
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.ports.bundle import Ports


def agree(ports: Ports, *, token: str, consents: frozenset[ConsentKind]) -> SignedIn:
    """All the way in. Raises LoginGone, then InvalidField for the first one missing."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        tx.consents.add(give(account_id=present.account.id, kinds=consents, at=at))
        return go_on(ports, tx, present)


def changed_texts(ports: Ports, *, token: str) -> tuple[ConsentKind, ...]:
    """What whoever is half-way in agreed to before it changed. Raises LoginGone."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        return changed_since(tx.consents.of(present.account.id))


def consents_of(ports: Ports, *, actor: Actor) -> tuple[Consent, ...]:
    """One's own, by kind, and those of one kind as they were given, withdrawn ones among them."""
    may(actor, CONSENTS)
    with ports.transactions(actor) as tx:
        return tx.consents.of(actor.account_id)


def wants_news(ports: Ports, *, actor: Actor) -> bool:
    """Whether one agreed to news and offers by email."""
    may(actor, NOTIFICATIONS)
    with ports.transactions(actor) as tx:
        given = tx.consents.of(actor.account_id)
    return any(each.kind is ConsentKind.MARKETING and each.in_force for each in given)


def choose_news(ports: Ports, *, actor: Actor, wanted: bool) -> None:
    """Gives or withdraws the consent to news and offers; both stay on record. Idempotent."""
    may(actor, NOTIFICATIONS)
    news, at = ConsentKind.MARKETING, ports.now()
    with ports.transactions(actor) as tx:
        tx.accounts.get(actor.account_id, lock=True)
        if wanted:
            tx.consents.add([Consent(actor.account_id, news, VERSIONS[news], at)])
        else:
            tx.consents.withdraw(actor.account_id, news, at=at)
