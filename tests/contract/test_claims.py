"""Claims that wait for an address, on both stores."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.accounts.claim import CODE_MAILED, PendingClaim
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.identity import Identity
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import Mail
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from support.claims import new_claim
from support.scenery import AT, new_account


def added(kept: Transactions, **changes: object) -> PendingClaim:
    claim = new_claim(**changes)
    with kept(SYSTEM) as tx:
        tx.claims.add(claim)
    return claim


def left(kept: Transactions, *claims: PendingClaim) -> list[PendingClaim]:
    with kept(SYSTEM) as tx:
        found = (tx.claims.by_state(each.state_hash) for each in claims)
        return [each for each in found if each]


def test_a_claim_is_found_by_its_state_alone(kept: Transactions) -> None:
    claim, _ = added(kept), added(kept)

    with kept(SYSTEM) as tx:
        assert tx.claims.by_state(claim.state_hash) == claim
        assert tx.claims.by_state(claim.state_hash, lock=True) == claim
        assert tx.claims.by_state(uuid4().bytes) is None


def test_a_claim_comes_back_with_its_code_and_its_end(kept: Transactions) -> None:
    claim = added(kept, name="Zoé\n'--", claimed_email="a@b.example", following="/intake?plan=free")
    with kept(SYSTEM) as tx:
        asked = claim.ask(EmailAddress("dana@test.example"), b"digest", at=AT)
        saved = tx.claims.save(asked.tried().use(at=AT + timedelta(minutes=1)))

    assert left(kept, claim) == [saved]
    assert attrs.evolve(saved, version=0) == asked.tried().use(at=AT + timedelta(minutes=1))


def test_two_browsers_hold_two_claims(kept: Transactions) -> None:
    claim = added(kept)

    with pytest.raises(Stale):
        added(kept, state_hash=claim.state_hash)


def test_a_removed_claim_is_gone_and_removing_again_changes_nothing(kept: Transactions) -> None:
    claim, other = added(kept), added(kept)
    with kept(SYSTEM) as tx:
        tx.claims.remove(claim.id)
        tx.claims.remove(claim.id)

    assert left(kept, claim, other) == [other]
    with kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.claims.get(claim.id)


def test_forgetting_somebody_takes_claims_to_their_address_or_by_their_provider_along(
    kept: Transactions,
) -> None:
    account, subject = new_account(), uuid4().hex
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
        tx.identities.add(Identity("facebook", subject, account.id, AT))
    theirs = (
        added(kept, claimed_email=account.email.text),
        added(kept).ask(account.email, b"digest", at=AT),
        added(kept, subject=subject),
    )
    others = (
        added(kept, claimed_email="other@test.example"),
        added(kept, provider="another", subject=subject),
        added(kept),
    )
    with kept(SYSTEM) as tx:
        tx.claims.save(theirs[1])

        tx.erasure.forget(account.id)

    assert left(kept, *theirs) == []
    assert left(kept, *others) == list(others)


def test_forgetting_somebody_takes_the_mails_with_their_codes_along(kept: Transactions) -> None:
    account = new_account()
    code = Mail(
        id=uuid4(),
        recipient=account.email.text,
        occasion=CODE_MAILED,
        reference="1",
        subject="s",
        text="t",
        html="h",
    )
    other = attrs.evolve(code, id=uuid4(), recipient="other@test.example", reference=uuid4().hex)
    farewell = attrs.evolve(code, id=uuid4(), occasion="account_closed")
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
        for mail in (code, other, farewell):
            tx.mails.queue(mail, at=AT)

        tx.erasure.forget(account.id)

    with kept(SYSTEM) as tx:
        again = [tx.mails.queue(mail, at=AT) for mail in (code, other, farewell)]
    assert again == [True, False, False]
