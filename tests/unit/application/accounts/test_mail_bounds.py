"""So many mails go to an address that somebody types, and not one more."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from autodoctor.application.accounts.address import ask_address
from autodoctor.application.accounts.claims import ask_code, begin_claim, give_code
from autodoctor.application.accounts.password import (
    ask_reset,
    reset_link_works,
    reset_password,
)
from autodoctor.application.accounts.sign_up import (
    SignUp,
    ask_verification,
    sign_up,
    sign_up_customer,
    verify_email,
)
from autodoctor.application.notifications.allowance import FOR_ALL, FOR_KIND, TooManyMails
from autodoctor.application.workshops.inviting import invite_person, revoke
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import PASSWORD, letters, logged_in, newcomer, present
from support.workshops import owner

VICTIM = "victim@example.com"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Ask = Callable[[Town], object]


def form(email: str = VICTIM) -> SignUp:
    return SignUp(
        email=email, password=PASSWORD, full_name="Casey Driver", consents=frozenset(REQUIRED)
    )


def by_signing_up(town: Town) -> object:
    return sign_up_customer(town.ports, form())


def by_signing_up_as_a_mechanic(town: Town) -> object:
    return sign_up(town.ports, form(), role=Role.MECHANIC)


def by_forgetting(town: Town) -> object:
    return ask_reset(town.ports, email=VICTIM)


def by_moving_there(town: Town) -> object:
    email = f"{len(town.kept.tables.accounts)}@example.com"
    newcomer(town, email=email)
    who = present(town.ports, logged_in(town, email=email))
    return ask_address(town.ports, present=who, password=PASSWORD, email=VICTIM)


def by_provider(town: Town) -> object:
    state = begin_claim(town.ports, Claimed("facebook", "1"), following="")
    return ask_code(town.ports, state=state, email=VICTIM)


def by_invitation(town: Town) -> object:
    boss = owner(town.ports)
    sent = invite_person(town.ports, actor=boss, email=VICTIM)
    return revoke(town.ports, actor=boss, invitation_id=sent.id)


WAYS: tuple[Ask, ...] = (
    by_signing_up,
    by_signing_up_as_a_mechanic,
    by_forgetting,
    by_moving_there,
    by_provider,
    by_invitation,
)


@pytest.fixture
def town() -> Town:
    return memory_town()


def as_often_as_possible(town: Town, ask: Ask) -> int:
    for number in range(100):
        try:
            ask(town)
        except TooManyMails:
            return number
    raise AssertionError("nobody stopped it")


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("ask", WAYS)
def test_each_kind_has_its_bound_whether_or_not_somebody_has_the_address(
    town: Town, ask: Ask, known: bool
) -> None:
    if known:
        newcomer(town, email=VICTIM)
        town.clock.advance(DAY)
    before = len(letters(town, VICTIM))

    asked = as_often_as_possible(town, ask)

    assert asked == FOR_KIND["hour"].most
    assert len(letters(town, VICTIM)) - before <= asked


def test_the_next_hour_has_its_own_and_a_day_has_one_too(town: Town) -> None:
    asked = 0
    for _ in range(6):
        asked += as_often_as_possible(town, by_signing_up)
        town.clock.advance(HOUR)

    assert asked == FOR_KIND["day"].most
    town.clock.advance(DAY)
    assert as_often_as_possible(town, by_signing_up) == FOR_KIND["hour"].most


def test_all_kinds_together_are_bounded(town: Town) -> None:
    assert sum(as_often_as_possible(town, ask) for ask in WAYS) == FOR_ALL["hour"].most
    assert len(letters(town, VICTIM)) <= FOR_ALL["hour"].most


def test_send_again_is_bounded_as_signing_up_is(town: Town) -> None:
    by_signing_up(town)
    who = present(town.ports, logged_in(town, email=VICTIM)).actor

    again = as_often_as_possible(town, lambda _: ask_verification(town.ports, actor=who))

    assert again == FOR_KIND["hour"].most - 1
    assert len(letters(town, VICTIM)) == FOR_KIND["hour"].most


def test_another_address_is_not_concerned(town: Town) -> None:
    as_often_as_possible(town, by_signing_up)

    sign_up_customer(town.ports, form("somebody.else@example.com"))

    assert letters(town, "somebody.else@example.com")


def test_what_is_refused_is_not_kept(town: Town) -> None:
    as_often_as_possible(town, by_signing_up)
    before = len(town.kept.tables.accounts)

    with pytest.raises(TooManyMails):
        by_signing_up(town)

    assert len(town.kept.tables.accounts) == before


def reset_links(town: Town) -> list[str]:
    texts = "".join(each.text for each in letters(town, VICTIM))
    return re.findall(r"/reset\?token=(\S+)", texts)


def test_a_link_works_however_many_are_asked_for_after_it(town: Town) -> None:
    newcomer(town, email=VICTIM)
    by_forgetting(town)
    (mine,) = reset_links(town)

    as_often_as_possible(town, by_forgetting)

    assert all(reset_link_works(town.ports, token=each) for each in reset_links(town))
    assert reset_password(town.ports, token=mine, password="an even finer password")


def test_whoever_asks_for_all_links_of_a_day_leaves_the_owner_one_that_works(town: Town) -> None:
    newcomer(town, email=VICTIM)
    town.clock.advance(DAY)

    for _ in range(24 * 12):
        as_often_as_possible(town, by_forgetting)
        assert any(reset_link_works(town.ports, token=each) for each in reset_links(town))
        town.clock.advance(HOUR / 12)


def test_whoever_has_a_new_password_may_ask_for_a_link_at_once(town: Town) -> None:
    """It has ended those that were sent before; and whoever set it need not be the owner."""
    newcomer(town, email=VICTIM)
    as_often_as_possible(town, by_forgetting)
    (_, *_, latest) = reset_links(town)
    reset_password(town.ports, token=latest, password="an even finer password")
    assert not any(reset_link_works(town.ports, token=each) for each in reset_links(town))

    by_forgetting(town)

    assert [reset_link_works(town.ports, token=each) for each in reset_links(town)].count(True) == 1


def test_other_mail_keeps_nobody_from_setting_a_new_password(town: Town) -> None:
    newcomer(town, email=VICTIM)
    town.clock.advance(DAY)
    for ask in (by_signing_up, by_moving_there, by_provider, by_invitation):
        as_often_as_possible(town, ask)
    with pytest.raises(TooManyMails):
        by_invitation(town)

    by_forgetting(town)

    assert [reset_link_works(town.ports, token=each) for each in reset_links(town)] == [True]


def test_a_sign_ups_first_link_verifies_it_however_often_it_is_sent_again(town: Town) -> None:
    account_id = sign_up_customer(town.ports, form())
    (first,) = re.findall(r"/verify\?token=(\S+)", letters(town, VICTIM)[0].text)
    who = present(town.ports, logged_in(town, email=VICTIM))

    as_often_as_possible(town, lambda town: ask_verification(town.ports, actor=who.actor))
    letters(town, VICTIM)

    assert verify_email(town.ports, token=first, holder=account_id) == account_id


def test_a_code_that_was_asked_for_works_after_the_next_one_is_refused(town: Town) -> None:
    state = begin_claim(town.ports, Claimed("facebook", "1"), following="")
    ask_code(town.ports, state=state, email=VICTIM)
    (code,) = re.findall(r"\b\d{6}\b", letters(town, VICTIM)[-1].text)
    as_often_as_possible(town, by_provider)

    with pytest.raises(TooManyMails):
        ask_code(town.ports, state=state, email=VICTIM)

    assert give_code(town.ports, state=state, code=code, address="", agent="").signed_in
