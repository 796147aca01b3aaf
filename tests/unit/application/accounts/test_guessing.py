"""Guessing passwords is bounded, and its owner comes in all the same."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.accounts.guessing import (
    FOR_ACCOUNT,
    FOR_DEVICE,
    FOR_NETWORK,
    IN_ALL,
    Device,
    Devices,
    TooManyGuesses,
    fingerprint,
)
from autodoctor.application.accounts.password import change_password
from autodoctor.application.accounts.sign_in import CredentialsWrong, SignedIn, sign_in
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.networks import network
from autodoctor.ports.accounts import PasswordsBusy
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, logged_in, newcomer, present

QUARTER = timedelta(minutes=15)
ACCOUNT_MOST = FOR_ACCOUNT["quarter"].most
NETWORK_MOST = FOR_NETWORK["quarter"].most


@pytest.fixture
def town() -> Town:
    town = memory_town()
    newcomer(town)
    return town


def come(
    town: Town,
    *,
    email: str = EMAIL,
    password: str = PASSWORD,
    address: str = "198.51.100.7",
    devices: Devices | None = None,
) -> SignedIn:
    return sign_in(
        town.ports,
        email=email,
        password=password,
        role=None,
        address=address,
        agent="tests",
        devices=devices or {},
    )


def guess(town: Town, number: int = 0, **given: object) -> type[Refusal]:
    with pytest.raises(Refusal) as refused:
        come(town, password=f"guess number {number}", **given)  # type: ignore[arg-type]
    return type(refused.value)


def account(town: Town) -> Account:
    return present(town.ports, logged_in(town)).account


def on_device(town: Town) -> Devices:
    owner = account(town)
    return {owner.id: Device("laptop", fingerprint(owner))}


def test_one_account_is_not_guessed_from_many_places(town: Town) -> None:
    told = [guess(town, n, address=f"198.51.100.{n}") for n in range(ACCOUNT_MOST + 2)]

    assert told == [CredentialsWrong] * ACCOUNT_MOST + [TooManyGuesses] * 2
    with pytest.raises(TooManyGuesses):
        come(town, address="203.0.113.9")
    town.clock.advance(QUARTER)
    assert come(town, address="203.0.113.9")


def test_an_address_that_nobody_has_is_refused_alike(town: Town) -> None:
    told = [guess(town, n, email="nobody@example.com") for n in range(ACCOUNT_MOST + 1)]

    assert told == [CredentialsWrong] * ACCOUNT_MOST + [TooManyGuesses]


@pytest.mark.parametrize("place", ["198.51.100.7", "2001:db8:1:2:{n:x}::1", "::ffff:198.51.100.7"])
def test_many_accounts_are_not_guessed_from_one_place(town: Town, place: str) -> None:
    told = [
        guess(town, n, email=f"{n}@example.com", address=place.format(n=n))
        for n in range(NETWORK_MOST + 1)
    ]

    assert told == [CredentialsWrong] * NETWORK_MOST + [TooManyGuesses]
    assert come(town, address="2001:db8:1:3::1"), "somewhere else nobody waits"


def test_guesses_are_bounded_in_all(town: Town) -> None:
    most = IN_ALL["quarter"].most
    for n in range(most):
        guess(town, n, email=f"{n}@example.com", address=f"10.{n // 250}.{n % 250}.1")

    assert guess(town, email="late@example.com", address="192.0.2.77") is TooManyGuesses
    assert come(town, devices=on_device_before(town))


def on_device_before(town: Town) -> Devices:
    with town.kept(SYSTEM) as tx:
        owner = tx.accounts.by_email(EmailAddress(EMAIL))
    assert owner is not None
    return {owner.id: Device("laptop", fingerprint(owner))}


def test_a_day_has_its_own_bound(town: Town) -> None:
    told = []
    for n in range(FOR_ACCOUNT["day"].most + 1):
        told.append(guess(town, n, address=f"10.0.{n}.1"))
        town.clock.advance(QUARTER / 9)

    assert told.count(TooManyGuesses) == 1
    assert told[-1] is TooManyGuesses


def test_right_passwords_do_not_count(town: Town) -> None:
    for _ in range(3 * NETWORK_MOST):
        assert come(town)

    assert guess(town) is CredentialsWrong


def test_what_was_refused_counts_for_nothing(town: Town) -> None:
    for n in range(ACCOUNT_MOST + 50):
        guess(town, n)

    assert guess(town, email="somebody.else@example.com") is CredentialsWrong


def test_who_comes_on_a_known_device_waits_for_no_stranger(town: Town) -> None:
    devices = on_device(town)
    for n in range(NETWORK_MOST + ACCOUNT_MOST):
        guess(town, n, address=f"198.51.100.{n}")
        guess(town, n, email=f"{n}@example.com")

    assert come(town, devices=devices)
    assert guess(town) is TooManyGuesses


def test_a_known_device_guesses_only_so_often(town: Town) -> None:
    devices, most = on_device(town), FOR_DEVICE["quarter"].most

    told = [guess(town, n, devices=devices) for n in range(most + 1)]

    assert told == [CredentialsWrong] * most + [TooManyGuesses]
    assert come(town), "elsewhere, those guesses did not count"


def test_a_device_is_known_as_long_as_the_password_stays(town: Town) -> None:
    devices = on_device(town)
    who = present(town.ports, logged_in(town))
    change_password(town.ports, present=who, old=PASSWORD, new="another password of mine")
    for n in range(ACCOUNT_MOST):
        guess(town, n)

    assert guess(town, devices=devices) is TooManyGuesses


def test_nobody_is_counted_whose_password_was_not_looked_at(town: Town) -> None:
    class Busy:
        common = frozenset[str]()

        def hash(self, password: str, /) -> str:
            raise PasswordsBusy()

        def matches(self, password_hash: str | None, password: str, /) -> bool:
            raise PasswordsBusy()

        def hash_for(self, address: EmailAddress, password: str, /, *, beside: str = "") -> str:
            raise PasswordsBusy()

        def hashes_for(
            self, address: EmailAddress, password: str, /, *, beside: str = ""
        ) -> tuple[str, ...]:
            raise PasswordsBusy()

    busy = attrs.evolve(town, ports=attrs.evolve(town.ports, passwords=Busy()))
    for _ in range(ACCOUNT_MOST):
        with pytest.raises(PasswordsBusy):
            come(busy)

    assert guess(town) is CredentialsWrong


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("", ""),
        ("no address", ""),
    ],
)
def test_a_place_is_an_address_or_a_network(address: str, place: str) -> None:
    assert network(address) == place
