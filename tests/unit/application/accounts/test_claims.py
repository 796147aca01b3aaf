"""Coming in by a provider that vouches for no address."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.application.accounts.agreements import agree
from autodoctor.application.accounts.claims import Proved, ask_code, give_code, held_claim
from autodoctor.application.accounts.closing import close_account
from autodoctor.application.accounts.opening import LogInToLink
from autodoctor.application.accounts.providers import (
    AddressUnverified,
    Back,
    Unvouched,
    come_back,
    leave_for,
)
from autodoctor.application.accounts.sign_in import authenticate
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.operations.due import run_timers, send_mail
from autodoctor.domain.accounts.claim import (
    CODE_LASTS,
    LASTS,
    AddressCodeExpired,
    AddressCodeUsed,
    AddressCodeWrong,
    ClaimGone,
    PendingClaim,
    TooManyCodes,
    TooManyTries,
)
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.testing.ports import Town, memory_town
from support.claims import mailed_codes, wrong
from support.newcomers import EMAIL, PASSWORD, letters, logged_in, newcomer, present

DANA = "dana@example.com"
SOMEBODY = Claimed("example", "subject-1", DANA, False, "Dana Whitfield")
MOMENT = timedelta(seconds=1)


@pytest.fixture
def town() -> Town:
    return memory_town(providers=MemoryIdentityProviders())


def come(
    town: Town, claimed: Claimed = SOMEBODY, *, role: Role = Role.CUSTOMER
) -> Back | Unvouched:
    providers = town.ports.providers
    assert isinstance(providers, MemoryIdentityProviders)
    leaving = leave_for(town.ports, "example", role=role, following="/intake")
    providers.says["code"] = claimed
    return come_back(
        town.ports, "example", state=leaving.state, code="code", present=None, address="", agent=""
    )


def begun(town: Town, claimed: Claimed = SOMEBODY) -> str:
    """What the browser holds."""
    came = come(town, claimed)
    assert isinstance(came, Unvouched)
    return came.state


def asked(town: Town, claimed: Claimed = SOMEBODY, *, email: str = DANA) -> tuple[str, str]:
    """What the browser holds, and the code that was mailed."""
    state = begun(town, claimed)
    ask_code(town.ports, state=state, email=email)
    return state, mailed_codes(town, email)[-1]


def give(town: Town, state: str, code: str) -> Proved:
    return give_code(town.ports, state=state, code=code, address="192.0.2.7", agent="tests")


def accounts(town: Town) -> list[str]:
    return sorted(each.email.text for each in town.kept.tables.accounts.values())


def the_claim(town: Town) -> PendingClaim:
    (claim,) = town.kept.tables.claims.values()
    return claim


def test_coming_back_opens_nothing_and_keeps_what_was_claimed(town: Town) -> None:
    state = begun(town)

    claim = held_claim(town.ports, state=state)

    assert accounts(town) == []
    assert town.kept.tables.identities == {}
    assert (claim.provider, claim.subject, claim.name) == ("example", "subject-1", "Dana Whitfield")
    assert (claim.claimed_email, claim.following) == (DANA, "/intake")
    assert state.encode() not in claim.state_hash


@pytest.mark.parametrize("said", ["", "no address", "dana\x00@example.com"])
@pytest.mark.parametrize("verified", [True, False])
def test_what_is_no_address_is_asked_for_too(town: Town, said: str, verified: bool) -> None:
    claimed = attrs.evolve(SOMEBODY, email=said, email_verified=verified, name="Dana\x00")

    begun(town, claimed)

    assert (the_claim(town).claimed_email, the_claim(town).name) == ("", "")


def test_the_code_opens_an_account_that_has_still_to_agree(town: Town) -> None:
    state, code = asked(town)

    proved = give(town, state, f" {code[:3]} {code[3:]} ")

    account = proved.signed_in.account
    assert (account.email.text, account.name, account.verified) == (DANA, "Dana Whitfield", True)
    assert proved.following == "/intake"
    assert proved.signed_in.stage is Stage.AGREEMENTS
    assert authenticate(town.ports, token=proved.signed_in.token) is None
    done = agree(town.ports, token=proved.signed_in.token, consents=frozenset(REQUIRED))
    assert authenticate(town.ports, token=done.token) is not None


def test_the_second_time_the_provider_is_enough(town: Town) -> None:
    state, code = asked(town)
    opened = give(town, state, code).signed_in.account

    again = come(town)

    assert isinstance(again, Back)
    assert again.signed_in is not None
    assert again.signed_in.account.id == opened.id


def test_the_address_that_was_shown_counts_and_not_the_one_that_was_claimed(town: Town) -> None:
    state, code = asked(town, email="other@example.com")

    give(town, state, code)

    assert accounts(town) == ["other@example.com"]
    assert mailed_codes(town, DANA) == []


def test_the_mail_says_code_and_provider_and_its_words_are_not_kept(town: Town) -> None:
    _, code = asked(town)
    (mail,) = letters(town, DANA)

    assert mail.subject == "Your code for autodoctor"
    assert "came from Example" in mail.text
    assert code not in mail.subject
    while send_mail(town.ports):
        pass
    (kept,) = letters(town, DANA)
    assert code in town.mailer.sent[-1].text
    assert code not in kept.text + kept.html


def test_what_is_kept_does_not_tell_the_code(town: Town) -> None:
    """The digest is made with what only the browser has: a million guesses find nothing."""
    state, code = asked(town)
    kept = the_claim(town).code_hash

    assert kept == digest(f"{state}:{DANA}:{code}")
    assert kept not in map(digest, (code, f"{DANA}:{code}", f":{DANA}:{code}"))


def test_a_wrong_code_opens_nothing_and_the_right_one_still_does(town: Town) -> None:
    state, code = asked(town)

    for typed in (wrong(code), "", "1", code + "0"):
        with pytest.raises(AddressCodeWrong):
            give(town, state, typed)

    assert accounts(town) == []
    assert give(town, state, code).signed_in.account.email.text == DANA


def test_the_sixth_try_is_none_and_a_new_code_is_asked_for(town: Town) -> None:
    state, code = asked(town)
    for _ in range(5):
        with pytest.raises(AddressCodeWrong):
            give(town, state, wrong(code))

    with pytest.raises(TooManyTries):
        give(town, state, code)
    ask_code(town.ports, state=state, email=DANA)
    give(town, state, mailed_codes(town, DANA)[-1])

    assert accounts(town) == [DANA]


def test_a_code_is_good_for_ten_minutes(town: Town) -> None:
    state, code = asked(town)
    town.clock.advance(CODE_LASTS)

    with pytest.raises(AddressCodeExpired):
        give(town, state, code)


def test_a_code_works_once(town: Town) -> None:
    state, code = asked(town)
    give(town, state, code)

    with pytest.raises(AddressCodeUsed):
        give(town, state, code)
    with pytest.raises(AddressCodeUsed):
        ask_code(town.ports, state=state, email=EMAIL)


def test_a_newer_code_ends_the_older_also_for_another_address(town: Town) -> None:
    state, first = asked(town)
    ask_code(town.ports, state=state, email="other@example.com")
    (second,) = mailed_codes(town, "other@example.com")

    with pytest.raises(AddressCodeWrong):
        give(town, state, first)
    give(town, state, second)

    assert accounts(town) == ["other@example.com"]


def test_a_code_of_another_browser_is_wrong_here(town: Town) -> None:
    """Somebody who is told a code by whom it was mailed to has another claim than its own."""
    stranger, _ = asked(town, attrs.evolve(SOMEBODY, subject="stranger"))
    _, code = asked(town)

    with pytest.raises(AddressCodeWrong):
        give(town, stranger, code)


def test_no_mail_leads_to_where_a_stranger_began(town: Town) -> None:
    asked(town)

    (mail,) = letters(town, DANA)

    assert "http" not in mail.text + mail.html


def test_three_codes_for_a_claim(town: Town) -> None:
    state, _ = asked(town)
    for number in range(2):
        ask_code(town.ports, state=state, email=f"other{number}@example.com")

    with pytest.raises(TooManyCodes):
        ask_code(town.ports, state=state, email=DANA)

    assert len(mailed_codes(town, DANA)) == 1


def test_what_is_no_address_is_mailed_nothing_and_does_not_count(town: Town) -> None:
    state = begun(town)

    with pytest.raises(InvalidField):
        ask_code(town.ports, state=state, email="dana")

    assert the_claim(town).sent == 0


def test_whoever_has_an_account_is_told_and_gets_no_code(town: Town) -> None:
    newcomer(town)
    state = begun(town)
    before = len(letters(town))

    ask_code(town.ports, state=state, email=EMAIL)

    told = letters(town)[before:]
    assert [mail.subject for mail in told] == ["Somebody tried to come in with Example"]
    assert "/login?next=/account/security" in told[0].text
    assert mailed_codes(town, EMAIL) == []
    for guess in ("", "000000"):
        with pytest.raises(AddressCodeWrong):
            give(town, state, guess)
    assert accounts(town) == [EMAIL]
    assert town.kept.tables.identities == {}


def test_for_a_known_address_the_work_is_the_same(town: Town) -> None:
    newcomer(town)
    work = []
    for email in (EMAIL, DANA):
        state, before = begun(town), town.kept.tables
        ask_code(town.ports, state=state, email=email)
        after, claim = town.kept.tables, held_claim(town.ports, state=state)
        mails, events = len(after.mails) - len(before.mails), len(after.events) - len(before.events)
        work.append((mails, events, len(after.timers) - len(before.timers), claim.sent))

    assert work == [(1, 0, 0, 1)] * 2


def test_an_account_that_was_opened_meanwhile_is_not_joined(town: Town) -> None:
    state, code = asked(town, email=EMAIL)
    newcomer(town)

    with pytest.raises(LogInToLink):
        give(town, state, code)

    assert accounts(town) == [EMAIL]
    assert town.kept.tables.identities == {}


def test_who_came_in_meanwhile_with_another_address_comes_by_the_provider_again(
    town: Town,
) -> None:
    first, code = asked(town)
    second, other = asked(town, email="other@example.com")
    give(town, first, code)

    with pytest.raises(ClaimGone):
        give(town, second, other)

    assert accounts(town) == [DANA]


def test_a_claim_ends_after_half_an_hour_and_is_forgotten(town: Town) -> None:
    state = begun(town)
    town.clock.advance(LASTS - MOMENT)
    run_timers(town.ports)
    assert held_claim(town.ports, state=state)
    town.clock.advance(MOMENT)

    for step in (
        lambda: held_claim(town.ports, state=state),
        lambda: ask_code(town.ports, state=state, email=DANA),
        lambda: give(town, state, "000000"),
    ):
        with pytest.raises(ClaimGone):
            step()
    run_timers(town.ports)

    assert town.kept.tables.claims == {}


def test_a_code_asked_for_at_the_last_moment_is_good_for_all_of_its_time(town: Town) -> None:
    state = begun(town)
    town.clock.advance(LASTS - MOMENT)
    ask_code(town.ports, state=state, email=DANA)
    town.clock.advance(CODE_LASTS - MOMENT)
    run_timers(town.ports)

    give(town, state, mailed_codes(town, DANA)[-1])

    town.clock.advance(MOMENT)
    run_timers(town.ports)
    assert town.kept.tables.claims == {}


def test_a_state_that_nobody_gave_holds_nothing(town: Town) -> None:
    begun(town)

    for state in ("", "made up"):
        with pytest.raises(ClaimGone):
            held_claim(town.ports, state=state)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTOMER])
def test_others_than_customers_sign_up_first(town: Town, role: Role) -> None:
    with pytest.raises(AddressUnverified):
        come(town, role=role)

    assert town.kept.tables.claims == {}


def test_whoever_closes_their_account_takes_the_claims_along(town: Town) -> None:
    newcomer(town)
    who = present(town.ports, logged_in(town))
    to_address = begun(town, attrs.evolve(SOMEBODY, email=EMAIL))
    elsewhere = begun(town)

    close_account(town.ports, present=who, password=PASSWORD)

    with pytest.raises(ClaimGone):
        held_claim(town.ports, state=to_address)
    assert held_claim(town.ports, state=elsewhere)
