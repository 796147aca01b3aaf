"""Admins are made on the machine, once for each address, and it is written down."""

import json

import pytest

from autodoctor.application.accounts.appointing import AlreadyAdmin, appoint
from autodoctor.application.accounts.sign_in import look
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.cli.people import make_admin
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, logged_in, newcomer

ALEX = {"email": "alex@example.com", "name": "Alex Park", "password": "a fine password"}


@pytest.fixture
def town() -> Town:
    return memory_town()


def actions(town: Town, email: str) -> list[str]:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(email))
        assert account is not None
        return [deed.action for deed in tx.audit.of_subject(account.id, most=9)]


def test_an_admin_is_made_once(town: Town) -> None:
    done = appoint(town.ports, **ALEX)

    assert done.opened
    assert (done.account.roles, done.account.verified) == ({Role.ADMIN}, True)
    with pytest.raises(AlreadyAdmin):
        appoint(town.ports, **ALEX)
    assert actions(town, "alex@example.com") == ["make admin"]


def test_who_has_an_account_keeps_its_password_and_logs_in_anew(town: Town) -> None:
    newcomer(town)
    token = logged_in(town)

    done = appoint(town.ports, **ALEX | {"email": EMAIL})

    assert not done.opened
    assert done.account.roles == {Role.CUSTOMER, Role.ADMIN}
    assert look(town.ports, token=token) is None
    assert logged_in(town)
    assert actions(town, EMAIL) == ["make admin"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("name", ""), ("password", "short"), ("password", "password123")],
)
def test_what_is_wrong_makes_no_admin(town: Town, field: str, value: str) -> None:
    with pytest.raises(InvalidField) as refused:
        appoint(town.ports, **ALEX | {field: value})

    assert refused.value.field == field
    with town.kept(SYSTEM) as tx:
        assert tx.accounts.by_email(EmailAddress("alex@example.com")) is None


def test_the_command_says_it_as_json_with_its_exit_code(town: Town) -> None:
    said, code = make_admin(town.ports, **ALEX, as_json=True)
    again, refused = make_admin(town.ports, **ALEX, as_json=True)
    weak, wrong = make_admin(town.ports, **ALEX | {"password": "short"}, as_json=True)

    assert (code, refused, wrong) == (0, 1, 1)
    assert json.loads(said)["email"] == "alex@example.com"
    assert json.loads(again)["error"] == "already-admin"
    assert json.loads(weak)["field"] == "password"


def test_the_command_says_it_in_words(town: Town) -> None:
    said = make_admin(town.ports, **ALEX, as_json=False)
    again = make_admin(town.ports, **ALEX, as_json=False)

    assert said == ("alex@example.com is an admin.", 0)
    assert again == ("Error: This person is an admin already.", 1)
