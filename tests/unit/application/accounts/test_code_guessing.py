"""Guessing second factors is bounded, and no stranger keeps an owner waiting."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
import pyotp
import pytest

from autodoctor.application.accounts.code_guessing import (
    APP_FOR_ACCOUNT,
    APP_FOR_DEVICE,
    UNGUESSABLE,
    TooManyWrongCodes,
)
from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.guessing import Device, Devices, fingerprint
from autodoctor.application.accounts.passkeys import ask_passkey, give_passkey
from autodoctor.application.accounts.second_factor import begin_app, confirm_app, give_code
from autodoctor.application.accounts.sign_in import open_login
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import Refusal
from autodoctor.ports.identity import PasskeyRefused
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import confirmed, logged_in, newcomer, present

QUARTER: Final = timedelta(minutes=15)
HOME, ELSEWHERE, NEIGHBOUR = "198.51.100.7", "203.0.113.9", "198.51.100.7"
WRONG_DIGITS, WRONG_RECOVERY = "000000", "aaaaa-bbbbb-ccccc"
OFTEN: Final = 60


@attrs.frozen
class Owner:
    """Casey, with an app and recovery codes."""

    town: Town
    inside: str
    app: pyotp.TOTP
    sheet: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.app.at(self.town.clock.now())

    def device(self, name: str = "laptop") -> Devices:
        account = present(self.town.ports, self.inside).account
        return {account.id: Device(name, fingerprint(account))}

    def half_way(self) -> str:
        """Whoever has shown the password."""
        account = present(self.town.ports, self.inside).account
        return open_login(
            self.town.ports,
            account,
            role=Role.CUSTOMER,
            address="",
            agent="",
            stage=Stage.SECOND_FACTOR,
        ).token

    def give(self, code: str, *, address: str = HOME, devices: Devices | None = None) -> None:
        give_code(
            self.town.ports,
            token=self.half_way(),
            code=code,
            address=address,
            devices=devices or {},
        )

    def refused(self, code: str, **where: object) -> type[Refusal] | None:
        try:
            self.give(code, **where)  # type: ignore[arg-type]
        except Refusal as refusal:
            return type(refusal)
        return None


@pytest.fixture
def owner() -> Owner:
    town = memory_town()
    newcomer(town)
    inside = logged_in(town)
    who = confirmed(town.ports, inside)
    app = pyotp.TOTP(begin_app(town.ports, present=who).secret.replace(" ", ""))
    sheet = confirm_app(town.ports, present=who, code=app.at(town.clock.now()))
    town.clock.advance(timedelta(seconds=30))
    return Owner(town, inside, app, sheet)


def strangers_digits(owner: Owner) -> None:
    """From many places: no network is stopped by itself."""
    for number in range(OFTEN):
        owner.refused(WRONG_DIGITS, address=f"203.0.{number}.1")


def strangers_recovery_codes(owner: Owner) -> None:
    for number in range(OFTEN):
        owner.refused(WRONG_RECOVERY, address=f"203.0.{number}.1")


def neighbours_recovery_codes(owner: Owner) -> None:
    """Of somebody in the owner's network who knows the password."""
    for _ in range(OFTEN):
        owner.refused(WRONG_RECOVERY, address=NEIGHBOUR)


def strangers_passkeys(owner: Owner) -> None:
    for _ in range(OFTEN):
        token = owner.half_way()
        ask_passkey(owner.town.ports, token=token)
        with pytest.raises((PasskeyRefused, TooManyWrongCodes)):
            give_passkey(owner.town.ports, token=token, answer="{}", address=ELSEWHERE)


def digits_on_another_known_device(owner: Owner) -> None:
    for _ in range(OFTEN):
        owner.refused(WRONG_DIGITS, devices=owner.device("phone"))


def own_digits(owner: Owner) -> None:
    for _ in range(OFTEN):
        owner.refused(WRONG_DIGITS, devices=owner.device())


def own_used_code(owner: Owner) -> None:
    for _ in range(OFTEN):
        owner.refused(owner.sheet[9], devices=owner.device())


def own_used_code_elsewhere(owner: Owner) -> None:
    for _ in range(OFTEN):
        owner.refused(owner.sheet[9])


def thiefs_digits(owner: Owner) -> None:
    """Of somebody who has the cookie of another login."""
    stolen = owner.town.ports, owner.half_way()
    who = attrs.evolve(present(owner.town.ports, owner.inside), login=present(*stolen).login)
    for _ in range(OFTEN):
        with pytest.raises((CodeWrong, TooManyWrongCodes)):
            confirm(owner.town.ports, present=who, code=WRONG_DIGITS)


def app_on_a_known_device(owner: Owner) -> None:
    owner.give(owner.code, devices=owner.device())


def recovery_on_a_known_device(owner: Owner) -> None:
    owner.give(owner.sheet[0], devices=owner.device())


def app_elsewhere(owner: Owner) -> None:
    owner.give(owner.code)


def recovery_elsewhere(owner: Owner) -> None:
    owner.give(owner.sheet[0])


def confirming(owner: Owner) -> None:
    confirm(owner.town.ports, present=present(owner.town.ports, owner.inside), code=owner.code)


After = Callable[[Owner], None]
WAYS: Final = (
    app_on_a_known_device,
    recovery_on_a_known_device,
    app_elsewhere,
    recovery_elsewhere,
    confirming,
)
STOPPED: Final[dict[After, tuple[After, ...]]] = {
    strangers_digits: (app_elsewhere,),
    strangers_recovery_codes: (),
    neighbours_recovery_codes: (recovery_elsewhere,),
    strangers_passkeys: (),
    digits_on_another_known_device: (),
    own_digits: (app_on_a_known_device,),
    own_used_code: (),
    own_used_code_elsewhere: (),
    thiefs_digits: (),
}
"""Which of the owner's ways is stopped after what."""


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("after", STOPPED, ids=lambda after: after.__name__)
def test_who_is_stopped_by_whom(owner: Owner, after: After, way: After) -> None:
    after(owner)

    if way in STOPPED[after]:
        with pytest.raises(TooManyWrongCodes):
            way(owner)
        return
    way(owner)


def test_a_stranger_has_five_guesses_and_is_let_on_when_the_time_is_over(owner: Owner) -> None:
    most = APP_FOR_ACCOUNT["quarter"].most
    answers = [owner.refused(WRONG_DIGITS, address=ELSEWHERE) for _ in range(most + 1)]
    owner.town.clock.advance(QUARTER)

    assert answers == [CodeWrong] * most + [TooManyWrongCodes]
    assert owner.refused(WRONG_DIGITS, address=ELSEWHERE) is CodeWrong


def test_a_known_device_is_bounded_as_well(owner: Owner) -> None:
    most = APP_FOR_DEVICE["quarter"].most
    device = owner.device()

    answers = [owner.refused(WRONG_DIGITS, devices=device) for _ in range(most + 1)]

    assert answers == [CodeWrong] * most + [TooManyWrongCodes]


def test_wrong_recovery_codes_are_bounded_at_a_place(owner: Owner) -> None:
    most = UNGUESSABLE["quarter"].most

    answers = [owner.refused(WRONG_RECOVERY) for _ in range(most + 1)]

    assert answers == [CodeWrong] * most + [TooManyWrongCodes]


def test_right_codes_never_count(owner: Owner) -> None:
    for _ in range(OFTEN):
        owner.town.clock.advance(timedelta(seconds=30))
        who = present(owner.town.ports, owner.inside)
        owner.give(owner.code)
        assert who.login.complete


def test_a_code_that_was_used_says_so_and_is_no_guess(owner: Owner) -> None:
    owner.give(owner.code)
    owner.give(owner.sheet[1])

    used = [owner.refused(code) for code in (owner.code, owner.sheet[1]) for _ in range(OFTEN)]

    assert set(used) == {CodeUsed}


def test_a_device_of_before_a_new_password_is_a_strangers(owner: Owner) -> None:
    old = {key: attrs.evolve(each, fingerprint="old") for key, each in owner.device().items()}
    strangers_digits(owner)

    assert owner.refused(owner.code, devices=old) is TooManyWrongCodes
