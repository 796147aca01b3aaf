"""Which events are entries of the security log."""

from uuid import uuid4

import pytest

from autodoctor.application.operations.watched import UNWATCHED, WATCHED, watch
from autodoctor.domain.accounts import events as accounts
from autodoctor.domain.corporate import events as corporate
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.shared.origin import NOWHERE, Origin
from autodoctor.domain.vetting import events as vetting
from autodoctor.domain.workshops import events as workshops
from support.scenery import AT

PERSON = AccountId(uuid4())
ADMIN = Actor(AccountId(uuid4()), Role.ADMIN)
REQUEST = Origin("192.0.2.1", "Browser/1.0", "abc")
BASES = (workshops.WorkshopEvent, corporate.CorporateEvent)


def test_it_is_decided_for_every_event_about_people_and_their_rights() -> None:
    """A new one needs a decision: watched, or not."""
    declared = {
        each
        for module in (accounts, corporate, vetting, workshops)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Event) and each not in (Event, *BASES)
    }

    assert declared == set(WATCHED) | UNWATCHED
    assert not set(WATCHED) & UNWATCHED


def test_who_does_something_is_who_acted() -> None:
    entry = watch(accounts.AccountBanned(PERSON, "Rude."), by=ADMIN, at=AT, origin=REQUEST)

    assert entry is not None
    assert (entry.kind, entry.subject.id) == (SecurityKind.ACCOUNT_BANNED, PERSON)
    assert (entry.actor_id, entry.actor_role) == (ADMIN.account_id, Role.ADMIN)
    assert "Rude" not in repr(entry)


def test_who_holds_a_link_acts_without_a_role() -> None:
    entry = watch(accounts.PasswordChanged(PERSON), by=SYSTEM, at=AT, origin=REQUEST)

    assert entry is not None
    assert (entry.actor_id, entry.actor_role) == (PERSON, None)


def test_who_asks_for_a_password_is_nobody_we_know() -> None:
    entry = watch(accounts.PasswordResetAsked(PERSON), by=SYSTEM, at=AT, origin=REQUEST)

    assert entry is not None
    assert (entry.actor_id, entry.subject.id) == (None, PERSON)


@pytest.mark.parametrize(
    "event",
    [accounts.AccountOpened(PERSON, Role.ADMIN), accounts.RolesChanged(PERSON, (), "Why.")],
)
def test_what_no_request_has_caused_was_the_system(event: Event) -> None:
    """As `autodoctor admin` on the machine does it."""
    entry = watch(event, by=SYSTEM, at=AT, origin=NOWHERE)

    assert entry is not None
    assert (entry.actor_id, entry.actor_role) == (SYSTEM.account_id, Role.SYSTEM)


def test_other_events_are_no_entries() -> None:
    assert watch(accounts.VerificationAsked(PERSON), by=SYSTEM, at=AT, origin=REQUEST) is None
