"""Logging in with two steps."""

from datetime import timedelta

import attrs
import pyotp
import pytest

from autodoctor.application.access.may import PEOPLE
from autodoctor.application.accounts.passkeys import ask_passkey, give_passkey
from autodoctor.application.accounts.password import PasswordWrong
from autodoctor.application.accounts.second_factor import (
    LastFactor,
    begin_app,
    confirm_app,
    factors,
    give_code,
    new_recovery_codes,
    remove_app,
    set_up_done,
)
from autodoctor.application.accounts.sign_in import (
    LoginGone,
    SignedIn,
    authenticate,
    look,
    open_login,
    sign_in,
)
from autodoctor.domain.accounts.factor import RECOVERY_CODES, CodeWrong, SecondFactorUnknown
from autodoctor.domain.accounts.login import HALF_WAY_LASTS, SecondFactorNotAsked, Stage
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import (
    EMAIL,
    PASSWORD,
    confirmed,
    letters,
    logged_in,
    present,
    with_role,
)


@attrs.frozen
class Phone:
    """An authenticator app that knows the secret, and the recovery codes on a sheet."""

    town: Town
    secret: str
    sheet: tuple[str, ...]

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.town.clock.now())


def admin_town(*, required: bool = False) -> Town:
    town = memory_town()
    if required:
        needed = frozenset({Role.ADMIN})
        rules = attrs.evolve(town.ports.rules, second_factor_required=needed)
        town = attrs.evolve(town, ports=attrs.evolve(town.ports, rules=rules))
    with_role(town, Role.ADMIN)
    return town


def set_up(town: Town, token: str) -> Phone:
    who = present(town.ports, token)
    if who.login.complete:
        who = confirmed(town.ports, token)
    secret = begin_app(town.ports, present=who).secret.replace(" ", "")
    code = pyotp.TOTP(secret).at(town.clock.now())
    sheet = confirm_app(town.ports, present=who, code=code)
    town.clock.advance(timedelta(seconds=30))
    return Phone(town, secret, sheet)


def first_step(town: Town) -> SignedIn:
    return sign_in(
        town.ports, email=EMAIL, password=PASSWORD, role=Role.ADMIN, address="", agent=""
    )


@pytest.fixture
def town() -> Town:
    return admin_town()


@pytest.fixture
def phone(town: Town) -> Phone:
    return set_up(town, logged_in(town, role=Role.ADMIN))


def test_the_password_alone_opens_nothing(town: Town, phone: Phone) -> None:
    half = first_step(town)

    assert half.stage is Stage.SECOND_FACTOR
    assert authenticate(town.ports, token=half.token) is None

    done = give_code(town.ports, token=half.token, code=phone.code())

    assert done.stage is Stage.COMPLETE
    assert authenticate(town.ports, token=done.token) is not None
    assert look(town.ports, token=half.token) is None


def test_a_code_works_once(town: Town, phone: Phone) -> None:
    code = phone.code()
    give_code(town.ports, token=first_step(town).token, code=code)

    with pytest.raises(CodeWrong):
        give_code(town.ports, token=first_step(town).token, code=code)
    town.clock.advance(timedelta(seconds=30))
    assert give_code(town.ports, token=first_step(town).token, code=phone.code())


def test_an_older_code_does_not_work_after_a_newer_one(town: Town, phone: Phone) -> None:
    older = phone.code()
    town.clock.advance(timedelta(seconds=30))
    give_code(town.ports, token=first_step(town).token, code=phone.code())

    with pytest.raises(CodeWrong):
        give_code(town.ports, token=first_step(town).token, code=older)


def test_a_wrong_or_foreign_code_opens_nothing(town: Town, phone: Phone) -> None:
    assert phone.sheet
    half = first_step(town)
    for code in ("", "000000", "１２３４５６", "aaaaa-aaaaa", phone.code() + "0"):
        with pytest.raises(CodeWrong):
            give_code(town.ports, token=half.token, code=code)


def test_a_recovery_code_works_once_and_its_use_is_told(town: Town, phone: Phone) -> None:
    one = phone.sheet[0]

    assert give_code(town.ports, token=first_step(town).token, code=one.upper()).token
    with pytest.raises(CodeWrong):
        give_code(town.ports, token=first_step(town).token, code=one)
    assert "9 are left" in letters(town)[-1].text


def test_secrets_and_recovery_codes_are_not_kept_as_they_are(town: Town, phone: Phone) -> None:
    (kept,) = town.kept.tables.totps.values()
    hashes = {code_hash for _, code_hash in town.kept.tables.recovery_codes}

    assert phone.secret not in kept.secret
    assert not any(code.replace("-", "").encode() in hashes for code in phone.sheet)


def test_new_recovery_codes_take_the_place_of_the_old(town: Town, phone: Phone) -> None:
    who = present(
        town.ports, give_code(town.ports, token=first_step(town).token, code=phone.code()).token
    )

    with pytest.raises(PasswordWrong):
        new_recovery_codes(town.ports, present=who, password="wrong")
    sheet = new_recovery_codes(town.ports, present=who, password=PASSWORD)

    with pytest.raises(CodeWrong):
        give_code(town.ports, token=first_step(town).token, code=phone.sheet[1])
    assert give_code(town.ports, token=first_step(town).token, code=sheet[1])


def test_half_way_in_lasts_a_quarter_of_an_hour(town: Town, phone: Phone) -> None:
    half = first_step(town)
    town.clock.advance(HALF_WAY_LASTS)

    with pytest.raises(LoginGone):
        give_code(town.ports, token=half.token, code=phone.code())


@pytest.mark.parametrize("stage", [each for each in Stage if each is not Stage.SECOND_FACTOR])
def test_a_login_that_does_not_ask_for_a_factor_takes_none(
    town: Town, phone: Phone, stage: Stage
) -> None:
    account = present(town.ports, first_step(town).token).account
    login = open_login(town.ports, account, role=Role.ADMIN, address="", agent="", stage=stage)

    for code in (phone.code(), phone.sheet[0], "123456"):
        with pytest.raises(SecondFactorNotAsked):
            give_code(town.ports, token=login.token, code=code)
    with pytest.raises(SecondFactorNotAsked):
        ask_passkey(town.ports, token=login.token)
    with pytest.raises(SecondFactorNotAsked):
        give_passkey(town.ports, token=login.token, answer="{}")
    assert present(town.ports, login.token).login.stage is stage


def test_every_hat_of_who_has_one_asks_for_it(town: Town, phone: Phone) -> None:
    assert phone.sheet
    with_hat = attrs.evolve(
        present(town.ports, first_step(town).token).account,
        roles=frozenset({Role.ADMIN, Role.CUSTOMER}),
    )
    town.kept.tables.accounts[with_hat.id] = with_hat

    half = sign_in(
        town.ports, email=EMAIL, password=PASSWORD, role=Role.CUSTOMER, address="", agent=""
    )

    assert half.stage is Stage.SECOND_FACTOR


def test_removing_it_needs_the_password_and_makes_logging_in_one_step(
    town: Town, phone: Phone
) -> None:
    done = give_code(town.ports, token=first_step(town).token, code=phone.code())
    who = present(town.ports, done.token)

    with pytest.raises(PasswordWrong):
        remove_app(town.ports, present=who, password="wrong")
    remove_app(town.ports, present=who, password=PASSWORD)

    assert first_step(town).stage is Stage.COMPLETE
    assert factors(town.ports, present=who).codes_left == 0
    with pytest.raises(SecondFactorUnknown):
        new_recovery_codes(town.ports, present=who, password=PASSWORD)


def test_where_one_is_required_nothing_opens_before_it_is_set_up() -> None:
    town = admin_town(required=True)
    half = first_step(town)
    assert half.stage is Stage.SET_UP
    assert authenticate(town.ports, token=half.token) is None
    with pytest.raises(SecondFactorUnknown):
        set_up_done(town.ports, token=half.token)

    set_up(town, half.token)
    done = set_up_done(town.ports, token=half.token)

    assert done.stage is Stage.COMPLETE
    who = present(town.ports, done.token)
    with pytest.raises(LastFactor):
        remove_app(town.ports, present=who, password=PASSWORD)
    assert first_step(town).stage is Stage.SECOND_FACTOR


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_may_have_one(role: Role) -> None:
    town = memory_town()
    with_role(town, role)
    phone = set_up(town, logged_in(town, role=role))

    half = sign_in(town.ports, email=EMAIL, password=PASSWORD, role=role, address="", agent="")

    assert half.stage is Stage.SECOND_FACTOR
    assert give_code(town.ports, token=half.token, code=phone.code()).stage is Stage.COMPLETE


def test_recovery_codes_are_not_found_by_trying(phone: Phone) -> None:
    assert len(phone.sheet) == RECOVERY_CODES
    for code in phone.sheet:
        letters_and_digits = code.replace("-", "")
        assert set(letters_and_digits) <= set("abcdefghijklmnopqrstuvwxyz234567")
        assert 5 * len(letters_and_digits) >= 64, "bits"
