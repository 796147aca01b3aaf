"""An invitation works once, for one address, for a week."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.events import InvitationAccepted, InvitationSent
from autodoctor.domain.accounts.invitation import (
    LASTS,
    Host,
    Invitation,
    InvitationExpired,
    InvitationNotYours,
    InvitationStatus,
    InvitationUsed,
    invite,
)
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.ids import AccountId, InvitationId

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
MINE, OTHERS = EmailAddress("morgan@test.example"), EmailAddress("alex@test.example")
ME, OTHER = AccountId(uuid4()), AccountId(uuid4())
HOST = uuid4()


def invitation() -> Invitation:
    return invite(
        invitation_id=InvitationId(uuid4()),
        host=Host.WORKSHOP,
        host_id=HOST,
        email=MINE,
        place="mechanic",
        code_hash=b"hash",
        by=OTHER,
        at=AT,
    )[0]


def test_an_invitation_is_told_and_lasts_seven_days() -> None:
    made, events = invite(
        invitation_id=InvitationId(HOST),
        host=Host.WORKSHOP,
        host_id=HOST,
        email=MINE,
        place="mechanic",
        code_hash=b"hash",
        by=OTHER,
        at=AT,
    )

    assert events == (InvitationSent(made.id, "workshop", HOST),)
    assert (made.place, made.code_hash, made.invited_by) == ("mechanic", b"hash", OTHER)
    assert (made.created_at, made.expires_at) == (AT, AT + timedelta(days=7))
    assert made.status(at=AT + LASTS - timedelta(seconds=1)) is InvitationStatus.PENDING
    assert made.status(at=AT + LASTS) is InvitationStatus.EXPIRED


def test_it_is_accepted_once_and_again_by_the_same_person() -> None:
    sent = invitation()

    accepted, events = sent.accept(email=MINE, account_id=ME, at=AT)

    assert accepted.status(at=AT + 2 * LASTS) is InvitationStatus.ACCEPTED
    assert (accepted.accepted_by, accepted.accepted_at) == (ME, AT)
    assert events == (InvitationAccepted(sent.id, "workshop", HOST, ME),)
    assert accepted.accept(email=MINE, account_id=ME, at=AT) == (accepted, ())


def test_refusals_come_in_their_order() -> None:
    sent = invitation()
    used, _ = sent.accept(email=MINE, account_id=ME, at=AT)
    late = AT + LASTS

    with pytest.raises(InvitationNotYours):
        used.accept(email=OTHERS, account_id=OTHER, at=late)
    with pytest.raises(InvitationUsed):
        used.accept(email=MINE, account_id=OTHER, at=late)
    with pytest.raises(InvitationExpired):
        sent.accept(email=MINE, account_id=ME, at=late)


def test_what_was_taken_back_is_gone_and_what_was_used_cannot_be_taken_back() -> None:
    sent = invitation()
    used, _ = sent.accept(email=MINE, account_id=ME, at=AT)

    back = sent.revoke(at=AT)

    assert back.status(at=AT) is InvitationStatus.REVOKED
    assert back.revoke(at=AT + LASTS) is back
    with pytest.raises(InvitationExpired):
        back.accept(email=MINE, account_id=ME, at=AT)
    with pytest.raises(InvitationUsed):
        used.revoke(at=AT)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "revoke", "wait"]),
        st.sampled_from([MINE, OTHERS]),
        st.sampled_from([ME, OTHER]),
    ),
    max_size=12,
)


@given(STEPS)
def test_whatever_is_tried_one_person_gets_in_at_most(
    steps: list[tuple[str, EmailAddress, AccountId]],
) -> None:
    here, at, let_in = invitation(), AT, set()
    for what, email, account_id in steps:
        at += timedelta(days=3) if what == "wait" else timedelta(minutes=1)
        before = here.status(at=at)
        try:
            if what == "accept":
                here, events = here.accept(email=email, account_id=account_id, at=at)
                let_in |= {account_id}
                assert email == MINE
                assert bool(events) == (before is InvitationStatus.PENDING)
            elif what == "revoke":
                here = here.revoke(at=at)
        except Refusal:
            assert here.status(at=at) is before

    assert len(let_in) <= 1
    assert (here.status(at=at) is InvitationStatus.ACCEPTED) == bool(let_in)
