"""Invitations, as they are kept."""

from uuid import uuid4

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import LASTS
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account
from support.vetting import DAY, new_invitation


def test_an_invitation_is_found_by_its_code(kept: Transactions) -> None:
    invitation = new_invitation(kept)
    with kept(SYSTEM) as tx:
        tx.invitations.add(invitation)

    with kept(SYSTEM) as tx:
        assert tx.invitations.by_code(invitation.code_hash) == invitation
        assert tx.invitations.by_code(b"another") is None


def test_the_pending_one_is_the_newest_that_can_still_be_accepted(kept: Transactions) -> None:
    one = new_invitation(kept)
    host = {"host_id": one.host_id, "email": one.email}
    newer = new_invitation(kept, at=AT + DAY, **host)
    used = new_invitation(kept, at=AT + 2 * DAY, **host)
    taken_back = new_invitation(kept, at=AT + 3 * DAY, **host)
    account = an_account(kept).account_id
    with kept(SYSTEM) as tx:
        for each in (one, newer, used, taken_back):
            tx.invitations.add(each)
        accepted, _ = used.accept(email=one.email, account_id=account, at=AT + 2 * DAY)
        tx.invitations.save(accepted)
        tx.invitations.save(taken_back.revoke(at=AT + 3 * DAY))

    with kept(SYSTEM) as tx:
        found = tx.invitations.pending
        assert found(one.host_id, one.email, at=AT + 3 * DAY) == newer
        assert found(one.host_id, one.email, at=newer.created_at + LASTS) is None
        assert found(one.host_id, EmailAddress("x@test.example"), at=AT) is None
        assert found(uuid4(), one.email, at=AT) is None


def test_a_hosts_invitations_are_listed_newest_first(kept: Transactions) -> None:
    one = new_invitation(kept)
    newer = new_invitation(kept, host_id=one.host_id, at=AT + DAY)
    with kept(SYSTEM) as tx:
        tx.invitations.add(one)
        tx.invitations.add(newer)

    with kept(SYSTEM) as tx:
        assert tx.invitations.of_host(one.host_id) == (newer, one)
