"""A claim that waits for its owner to show which address is theirs."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.domain.accounts.claim import (
    CODE_LASTS,
    CODES_MAX,
    LASTS,
    TRIES_MAX,
    AddressCodeExpired,
    AddressCodeUsed,
    PendingClaim,
    TooManyCodes,
    TooManyTries,
)
from autodoctor.domain.accounts.email import EmailAddress
from support.claims import new_claim
from support.scenery import AT

DANA = EmailAddress("dana@example.com")
MOMENT = timedelta(seconds=1)


def asked(claim: PendingClaim | None = None) -> PendingClaim:
    return (claim or new_claim()).ask(DANA, b"digest", at=AT)


def test_a_code_lasts_ten_minutes_and_the_claim_at_least_as_long() -> None:
    late = AT + LASTS - MOMENT
    claim = new_claim().ask(DANA, b"digest", at=late)

    assert claim.check_code(at=late + CODE_LASTS - MOMENT) == DANA
    assert claim.alive(at=late + CODE_LASTS - MOMENT)
    assert not claim.alive(at=late + CODE_LASTS)
    assert asked().expires_at == new_claim().expires_at
    with pytest.raises(AddressCodeExpired):
        claim.check_code(at=late + CODE_LASTS)


def test_asked_for_a_code_it_knows_the_address_the_digest_and_how_many_were_sent() -> None:
    claim = new_claim()

    assert asked(claim) == attrs.evolve(
        claim, email=DANA, code_hash=b"digest", code_expires_at=AT + CODE_LASTS, sent=1
    )


def test_a_claim_that_nobody_asked_a_code_for_has_none_to_try() -> None:
    with pytest.raises(AddressCodeExpired):
        new_claim().check_code(at=AT)
    with pytest.raises(AddressCodeExpired):
        new_claim(code_expires_at=AT + CODE_LASTS).check_code(at=AT)


def test_a_try_counts_once_and_a_use_is_kept_with_its_time() -> None:
    claim = asked()

    assert claim.tried() == attrs.evolve(claim, tries=1)
    assert claim.use(at=AT) == attrs.evolve(claim, used_at=AT)


def test_five_tries_and_a_newer_code_gives_five_more() -> None:
    claim = attrs.evolve(asked(), tries=TRIES_MAX - 1)

    assert claim.check_code(at=AT) == DANA
    with pytest.raises(TooManyTries):
        claim.tried().check_code(at=AT)
    assert asked(claim.tried()).tries == 0


def test_three_codes_and_no_more() -> None:
    claim = attrs.evolve(asked(), sent=CODES_MAX - 1)

    assert asked(claim).sent == CODES_MAX
    with pytest.raises(TooManyCodes):
        asked(asked(claim))


def test_what_is_used_is_said_before_anything_else() -> None:
    """Then what has expired, then what was tried too often."""
    spent = attrs.evolve(asked(), tries=TRIES_MAX, sent=CODES_MAX)

    with pytest.raises(AddressCodeUsed):
        spent.use(at=AT).check_code(at=AT + CODE_LASTS)
    with pytest.raises(AddressCodeUsed):
        asked(spent.use(at=AT))
    with pytest.raises(AddressCodeExpired):
        spent.check_code(at=AT + CODE_LASTS)
    with pytest.raises(TooManyTries):
        spent.check_code(at=AT)
