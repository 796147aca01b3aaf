"""Whoever knew the old password or address finishes nothing that they began with it."""

from collections.abc import Callable
from datetime import datetime

import pyotp
import pytest

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.application.accounts.address import (
    AddressLinkInvalid,
    ask_address,
    confirm_address,
)
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.hats import HatLinkInvalid, add_hat, issue_hat
from autodoctor.application.accounts.passkeys import begin_passkey
from autodoctor.application.accounts.password import (
    PasswordWrong,
    ResetLinkInvalid,
    ask_reset,
    change_password,
    issue_reset,
    reset_password,
)
from autodoctor.application.accounts.providers import come_back, leave_for
from autodoctor.application.accounts.second_factor import (
    CodeWrong,
    begin_app,
    confirm_app,
    new_recovery_codes,
    remove_app,
)
from autodoctor.application.accounts.sign_in import Present, look
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.accounts.login import CONFIRMED_LASTS, ConfirmFirst
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.identity import IdentityRefused
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import (
    EMAIL,
    PASSWORD,
    confirmed,
    link,
    logged_in,
    present,
    with_role,
)

NEW = "another password of mine"
ELSEWHERE = "casey@elsewhere.example"
THIEFS = "thief@example.com"


@pytest.fixture
def provider() -> MemoryIdentityProviders:
    return MemoryIdentityProviders()


@pytest.fixture
def town(provider: MemoryIdentityProviders) -> Town:
    town = memory_town(providers=provider)
    with_role(town, Role.ADMIN)
    return town


def code_of(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret.replace(" ", "")).at(at)


def come_from(town: Town, state: str, who: Present) -> None:
    come_back(town.ports, "example", state=state, code="code", present=who, address="", agent="")


def inside(town: Town) -> Present:
    return confirmed(town.ports, logged_in(town, role=Role.ADMIN))


def by_reset(town: Town) -> None:
    ask_reset(town.ports, email=EMAIL)
    reset_password(town.ports, token=link(town), password=NEW)


def by_change(town: Town) -> None:
    change_password(town.ports, present=inside(town), old=PASSWORD, new=NEW)


def by_moving(town: Town) -> None:
    ask_address(town.ports, present=inside(town), password=PASSWORD, email=ELSEWHERE)
    confirm_address(town.ports, token=link(town, ELSEWHERE))


Way = Callable[[Town], None]
each_way = pytest.mark.parametrize("way", [by_reset, by_change, by_moving])


@each_way
def test_a_change_of_address_begun_before_is_void(town: Town, way: Way) -> None:
    ask_address(town.ports, present=inside(town), password=PASSWORD, email=THIEFS)
    token = link(town, THIEFS)

    way(town)

    with pytest.raises(AddressLinkInvalid):
        confirm_address(town.ports, token=token)


@each_way
def test_links_mailed_before_are_void(town: Town, way: Way) -> None:
    who = inside(town)
    with town.kept(SYSTEM) as tx:
        reset, _until = issue_reset(town.ports, tx, who.account)
        hat = issue_hat(town.ports, tx, who.account.id, Role.CUSTOMER)

    way(town)

    with pytest.raises(ResetLinkInvalid):
        reset_password(town.ports, token=reset, password="a third password")
    with pytest.raises(HatLinkInvalid):
        add_hat(town.ports, token=hat)


@each_way
def test_a_factor_set_up_half_way_is_gone(town: Town, way: Way) -> None:
    secret = begin_app(town.ports, present=inside(town)).secret

    way(town)

    password = PASSWORD if way is by_moving else NEW
    email = ELSEWHERE if way is by_moving else EMAIL
    token = logged_in(town, email=email, password=password, role=Role.ADMIN)
    again = begin_app(town.ports, present=confirmed(town.ports, token, password=password))
    assert again.secret != secret


@each_way
def test_nobody_comes_back_to_link_a_provider(
    town: Town, provider: MemoryIdentityProviders, way: Way
) -> None:
    thief = inside(town)
    provider.says["code"] = Claimed("example", "a thief's")
    leaving = leave_for(town.ports, "example", role=Role.ADMIN, present=thief)

    way(town)

    with pytest.raises(IdentityRefused) as refused:
        come_from(town, leaving.state, thief)
    assert refused.value.reason == "state"


@each_way
def test_every_other_login_ends(town: Town, way: Way) -> None:
    before = logged_in(town, role=Role.ADMIN)

    way(town)

    assert look(town.ports, token=before) is None


def test_who_changes_the_password_stays_and_has_to_confirm_anew(town: Town) -> None:
    token = logged_in(town, role=Role.ADMIN)
    who = confirmed(town.ports, token)
    begin_passkey(town.ports, present=who)

    change_password(town.ports, present=who, old=PASSWORD, new=NEW)

    with town.kept(SYSTEM) as tx:
        assert tx.logins.take_challenge(present(town.ports, token).login.id) is None


def test_a_login_alone_adds_no_way_to_log_in(town: Town) -> None:
    token = logged_in(town, role=Role.ADMIN)
    who = present(town.ports, token)
    ways: tuple[Callable[[], object], ...] = (
        lambda: begin_app(town.ports, present=who),
        lambda: confirm_app(town.ports, present=who, code="123456"),
        lambda: begin_passkey(town.ports, present=who),
        lambda: leave_for(town.ports, "example", role=Role.ADMIN, present=who),
    )

    for way in ways:
        with pytest.raises(ConfirmFirst):
            way()
    with pytest.raises(PasswordWrong):
        confirm(town.ports, present=who, password="wrong")
    with pytest.raises(InvalidField):
        confirm(town.ports, present=who)
    with pytest.raises(CodeWrong):
        confirm(town.ports, present=who, code="123456")

    begin_app(town.ports, present=confirmed(town.ports, token))
    town.clock.advance(CONFIRMED_LASTS)
    with pytest.raises(ConfirmFirst):
        begin_app(town.ports, present=present(town.ports, token))


def test_a_code_of_ones_factor_confirms_once(town: Town) -> None:
    token = logged_in(town, role=Role.ADMIN)
    who = confirmed(town.ports, token)
    secret = begin_app(town.ports, present=who).secret
    sheet = confirm_app(town.ports, present=who, code=code_of(secret, town.clock.now()))
    town.clock.advance(CONFIRMED_LASTS)

    confirm(town.ports, present=present(town.ports, token), code=sheet[0])

    begin_passkey(town.ports, present=present(town.ports, token))
    with pytest.raises(CodeWrong):
        confirm(town.ports, present=who, code=sheet[0])


def test_changing_factors_ends_the_other_logins(town: Town) -> None:
    token = logged_in(town, role=Role.ADMIN)
    who = confirmed(town.ports, token)

    def other_ended_by(change: Callable[[], object]) -> bool:
        other = logged_in(town, role=Role.ADMIN)
        assert look(town.ports, token=other) is not None
        change()
        gone = look(town.ports, token=other) is None
        return gone and look(town.ports, token=token) is not None

    secret = begin_app(town.ports, present=who).secret
    code = code_of(secret, town.clock.now())
    assert other_ended_by(lambda: confirm_app(town.ports, present=who, code=code))
    assert other_ended_by(lambda: new_recovery_codes(town.ports, present=who, password=PASSWORD))
    assert other_ended_by(lambda: remove_app(town.ports, present=who, password=PASSWORD))


def test_linking_a_provider_ends_the_other_logins(
    town: Town, provider: MemoryIdentityProviders
) -> None:
    token, other = (logged_in(town, role=Role.ADMIN) for _ in range(2))
    who = confirmed(town.ports, token)
    leaving = leave_for(town.ports, "example", role=Role.ADMIN, present=who)
    provider.says["code"] = Claimed("example", "my own")

    come_from(town, leaving.state, who)

    assert look(town.ports, token=other) is None
    assert look(town.ports, token=token) is not None
