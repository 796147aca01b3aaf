"""Passkeys: what the browser asks its authenticator, and what comes back."""

from typing import Any, Self

import attrs
import msgspec
from flask import Response

from autodoctor.application.access.accounts import FINISH, SET_UP_FACTOR
from autodoctor.application.accounts.code_guessing import TooManyWrongCodes
from autodoctor.application.accounts.passkeys import (
    add_passkey,
    ask_passkey,
    begin_passkey,
    give_passkey,
)
from autodoctor.application.accounts.sign_in import LoginGone
from autodoctor.domain.accounts.factor import TooManyPasskeys
from autodoctor.domain.accounts.login import ConfirmFirst, SecondFactorNotAsked, Stage
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.logins import entered
from autodoctor.entrypoints.web.api.views import LoginAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.devices import devices
from autodoctor.ports.identity import PasskeyKnown, PasskeyRefused

passkeys = Endpoints("Passkeys")


@attrs.frozen(kw_only=True)
class PasskeyOptions:
    """As WebAuthn's `…OptionsJSON`; byte strings are base64url."""

    options: Any

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(options=msgspec.Raw(text.encode()))


@passkeys.route(
    "POST",
    "/api/account/passkeys/options",
    action=SET_UP_FACTOR,
    answer=PasskeyOptions,
    refusals=(ConfirmFirst, TooManyPasskeys),
)
def enrol(call: Call) -> PasskeyOptions:
    """Options for `navigator.credentials.create`."""
    return PasskeyOptions.of(begin_passkey(call.ports, present=call.setting_up(Stage.SET_UP)))


class PasskeyBody(Body):
    """`answer` is the credential as `PublicKeyCredential.toJSON` gives it."""

    answer: dict[str, Any]
    name: str = ""


@attrs.frozen(kw_only=True)
class PasskeyAdded:
    """`recovery_codes` come with the first factor only, and are shown this once."""

    recovery_codes: tuple[str, ...]


@passkeys.route(
    "POST",
    "/api/account/passkeys",
    action=SET_UP_FACTOR,
    body=PasskeyBody,
    answer=PasskeyAdded,
    refusals=(ConfirmFirst, PasskeyRefused, PasskeyKnown),
)
def enrolled(call: Call, *, body: PasskeyBody) -> PasskeyAdded:
    """Add a passkey as a second factor."""
    present, answer = call.setting_up(Stage.SET_UP), msgspec.json.encode(body.answer).decode()
    codes = add_passkey(call.ports, present=present, answer=answer, name=body.name)
    return PasskeyAdded(recovery_codes=codes)


@passkeys.route(
    "POST",
    "/api/auth/passkey/options",
    action=FINISH,
    answer=PasskeyOptions,
    refusals=(LoginGone, SecondFactorNotAsked),
)
def ask(call: Call) -> PasskeyOptions:
    """Options for `navigator.credentials.get` in the second step of a login."""
    return PasskeyOptions.of(ask_passkey(call.ports, token=call.token))


class PasskeyAnswer(Body):
    answer: dict[str, Any]


@passkeys.route(
    "POST",
    "/api/auth/passkey",
    action=FINISH,
    body=PasskeyAnswer,
    answer=LoginAnswer,
    refusals=(LoginGone, SecondFactorNotAsked, TooManyWrongCodes, PasskeyRefused),
)
def answered(call: Call, *, body: PasskeyAnswer) -> Response:
    """The second step of a login by passkey."""
    answer = msgspec.json.encode(body.answer).decode()
    signed_in = give_passkey(
        call.ports, token=call.token, answer=answer, address=call.address, devices=devices(call)
    )
    return entered(call, signed_in)
