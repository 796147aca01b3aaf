"""Forgotten and changed passwords."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.adapters.memory.passwords import QuickPasswords
from autodoctor.application.accounts.password import (
    PasswordWrong,
    ResetLinkInvalid,
    ask_reset,
    change_password,
    reset_password,
)
from autodoctor.application.accounts.sign_in import CredentialsWrong, look, sign_in
from autodoctor.application.accounts.sign_up import SignUp, sign_up_customer
from autodoctor.application.operations.due import send_mail
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, letters, link, logged_in, newcomer, present
from support.web import web_in

NEW = "an even finer password"


@pytest.fixture
def town() -> Town:
    town = memory_town()
    newcomer(town)
    return town


def test_a_link_sets_a_new_password_once_and_ends_every_login(town: Town) -> None:
    before = logged_in(town)
    ask_reset(town.ports, email="  CASEY@example.com ")
    token = link(town)

    reset_password(town.ports, token=token, password=NEW)

    assert look(town.ports, token=before) is None
    assert logged_in(town, password=NEW)
    with pytest.raises(CredentialsWrong):
        logged_in(town, password=PASSWORD)
    with pytest.raises(ResetLinkInvalid):
        reset_password(town.ports, token=token, password="yet another password")
    assert letters(town)[-1].subject == "Your password was changed"


def test_a_used_link_is_known_before_a_password_is_asked_for(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    token = link(town)
    visitor = web_in(town).test_client()

    before = visitor.get("/reset", query_string={"token": token})
    reset_password(town.ports, token=token, password=NEW)
    after = visitor.get("/reset", query_string={"token": token})

    assert (before.status_code, after.status_code) == (200, 409)
    assert 'name="password"' in before.text
    assert 'name="password"' not in after.text
    assert "Ask for a new link" in after.text


def test_a_link_works_for_an_hour(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    token = link(town)

    town.clock.advance(timedelta(hours=1))

    with pytest.raises(ResetLinkInvalid):
        reset_password(town.ports, token=token, password=NEW)


def test_one_link_used_makes_the_others_void(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    first = link(town)
    ask_reset(town.ports, email=EMAIL)
    second = link(town)

    reset_password(town.ports, token=second, password=NEW)

    assert first != second
    with pytest.raises(ResetLinkInvalid):
        reset_password(town.ports, token=first, password=PASSWORD)


def test_a_password_that_is_refused_leaves_the_link_usable(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    token = link(town)

    with pytest.raises(InvalidField):
        reset_password(town.ports, token=token, password="short")

    assert reset_password(town.ports, token=token, password=NEW).email.text == EMAIL


def test_nothing_that_opens_the_account_stays_once_the_mail_was_sent(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    token = link(town)

    while send_mail(town.ports):
        assert town.mailer.sent

    kept = [each.mail for each in town.kept.tables.mails.values()]
    assert any(token in mail.text for mail in town.mailer.sent)
    assert not any("token=" in mail.text or "token=" in mail.html for mail in kept)


class CountingPasswords:
    """The slow work, written down."""

    def __init__(self) -> None:
        self._quick = QuickPasswords()
        self.work: list[str] = []

    def hash(self, password: str, /) -> str:
        self.work.append("hash")
        return self._quick.hash(password)

    def hash_for(self, address: EmailAddress, password: str, /, *, beside: str = "") -> str:
        self.work.append("hash")
        return self._quick.hash_for(address, password, beside=beside)

    def hashes_for(
        self, address: EmailAddress, password: str, /, *, beside: str = ""
    ) -> tuple[str, ...]:
        self.work.append("hash")
        return self._quick.hashes_for(address, password, beside=beside)

    def matches(self, password_hash: str | None, password: str, /) -> bool:
        self.work.append("match")
        return self._quick.matches(password_hash, password)

    @property
    def common(self) -> frozenset[str]:
        return self._quick.common


@pytest.fixture
def counted(town: Town) -> tuple[Town, CountingPasswords]:
    passwords = CountingPasswords()
    return attrs.evolve(town, ports=attrs.evolve(town.ports, passwords=passwords)), passwords


def events(town: Town) -> int:
    return len(town.kept.tables.events)


def test_asking_for_an_unknown_address_is_the_same_work(town: Town) -> None:
    before = events(town)
    ask_reset(town.ports, email=EMAIL)
    known = events(town) - before

    ask_reset(town.ports, email="nobody@example.com")

    assert events(town) - before - known == known == 1
    assert letters(town, "nobody@example.com") == []


def test_logging_in_is_the_same_work_whatever_is_wrong(
    counted: tuple[Town, CountingPasswords],
) -> None:
    town, passwords = counted
    tries = {
        "wrong password": (EMAIL, Role.CUSTOMER),
        "no such address": ("nobody@example.com", Role.CUSTOMER),
        "no such hat": (EMAIL, Role.ADMIN),
        "no address at all": ("casey", Role.CUSTOMER),
    }

    work = {}
    for name, (email, role) in tries.items():
        passwords.work.clear()
        with pytest.raises(CredentialsWrong):
            sign_in(town.ports, email=email, password="wrong", role=role, address="", agent="")
        work[name] = tuple(passwords.work)

    assert set(work.values()) == {("hash",)}


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"], ids=["owned", "unowned"])
@pytest.mark.parametrize("waiting", [0, 1, 7])
def test_logging_in_is_one_hash_however_many_sign_ups_wait_with_the_address(
    counted: tuple[Town, CountingPasswords], email: str, waiting: int
) -> None:
    town, passwords = counted
    others = [sign_up(town, email, f"a sign-up's password {number}") for number in range(waiting)]
    passwords.work.clear()

    with pytest.raises(CredentialsWrong):
        logged_in(town, email=email, password="a wrong password")
    after_a_wrong_one = tuple(passwords.work)
    inside = [
        present(town.ports, logged_in(town, email=email, password=password)).account.id
        for _, password in others
    ]

    assert after_a_wrong_one == ("hash",)
    assert passwords.work == ["hash"] * (1 + waiting)
    assert inside == [account_id for account_id, _ in others]


def sign_up(town: Town, email: str, password: str) -> tuple[AccountId, str]:
    """Who waits, and with which password. The hour of the last mail is over."""
    town.clock.advance(timedelta(hours=3))
    form = SignUp(
        email=email, password=password, full_name="Somebody Else", consents=frozenset(REQUIRED)
    )
    return sign_up_customer(town.ports, form), password


def test_of_two_sign_ups_with_one_password_the_newest_is_logged_in_to(town: Town) -> None:
    email = "nobody@example.com"
    _, (newest, password) = sign_up(town, email, NEW), sign_up(town, email, NEW)

    inside = present(town.ports, logged_in(town, email=email, password=password))

    assert inside.account.id == newest


def test_signing_up_is_the_same_work_whether_or_not_the_address_is_known(
    counted: tuple[Town, CountingPasswords],
) -> None:
    town, passwords = counted
    form = SignUp(
        email=EMAIL, password=NEW, full_name="Somebody Else", consents=frozenset(REQUIRED)
    )

    sign_up_customer(town.ports, form)
    known = tuple(passwords.work)
    passwords.work.clear()
    sign_up_customer(town.ports, attrs.evolve(form, email="new@example.com"))

    assert known == tuple(passwords.work) == ("hash",)


def test_changing_needs_the_present_one_and_ends_the_other_logins(town: Town) -> None:
    here, elsewhere = logged_in(town), logged_in(town)
    who = present(town.ports, here)

    with pytest.raises(PasswordWrong):
        change_password(town.ports, present=who, old="wrong", new=NEW)
    change_password(town.ports, present=who, old=PASSWORD, new=NEW)

    assert look(town.ports, token=here) is not None
    assert look(town.ports, token=elsewhere) is None
    assert logged_in(town, password=NEW)


def test_an_account_without_a_password_matches_none(town: Town) -> None:
    who = present(town.ports, logged_in(town))
    without = attrs.evolve(who, account=attrs.evolve(who.account, password_hash=""))

    with pytest.raises(PasswordWrong):
        change_password(town.ports, present=without, old="", new=NEW)
