"""The second factor: an authenticator app and its recovery codes. Passkeys are next door.

Whoever sets one up may be half-way in: an admin has to before they are let in further.
"""

from base64 import b32encode
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from typing import Final

import attrs
import structlog

from autodoctor.application.access.accounts import CHANGE_FACTOR, SET_UP_FACTOR
from autodoctor.application.access.may import may
from autodoctor.application.accounts.code_guessing import (
    NO_DEVICES,
    Proof,
    TooManyWrongCodes,
    code_buckets,
    codes_counted,
)
from autodoctor.application.accounts.guessing import Devices
from autodoctor.application.accounts.logins import end_logins
from autodoctor.application.accounts.password import check_present
from autodoctor.application.accounts.sign_in import Present, SignedIn, go_on, has_factor, held
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.operations.security import record, tries_recorded
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.events import SecondFactorChanged
from autodoctor.domain.accounts.factor import (
    RECOVERY_CODES,
    CodeWrong,
    Passkey,
    SecondFactorUnknown,
    Totp,
)
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import AuthenticatorUnreadable, PasskeyRefused, SetUp
from autodoctor.ports.transactions import Transaction

log = structlog.get_logger(__name__)

_GROUP: Final = 5
_GROUPS: Final = 3


@attrs.frozen
class LastFactor(Conflict):
    """Your role needs a second factor: add another one before you remove this."""


@attrs.frozen
class Factors:
    """What somebody has. `required` means that the last one has to stay."""

    app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int
    required: bool

    @property
    def any(self) -> bool:
        return self.app or bool(self.passkeys)


def factors(ports: Ports, *, present: Present) -> Factors:
    with ports.transactions(present.actor) as tx:
        app = tx.factors.totp(present.account.id)
        return Factors(
            app=app is not None and app.confirmed,
            passkeys=tx.passkeys.of(present.account.id),
            codes_left=tx.factors.codes_left(present.account.id),
            required=_required(ports, present.account),
        )


def begin_app(ports: Ports, *, present: Present) -> SetUp:
    """What the app has to be told. Nothing counts before `confirm_app`, and beginning again
    before that shows the same. Raises ConfirmFirst; SecondFactorUnknown when there is one."""
    may(present.actor, SET_UP_FACTOR)
    present.login.check_confirmed(at=ports.now())
    with ports.transactions(present.actor) as tx:
        app = tx.factors.totp(present.account.id, lock=True)
        if app is None or not (app.confirmed or _readable(ports, app)):
            app = Totp(present.account.id, ports.codes.new())
            tx.factors.put(app)
    if app.confirmed:
        raise SecondFactorUnknown()
    return ports.codes.set_up(app.secret, label=present.account.email.text)


def _readable(ports: Ports, app: Totp) -> bool:
    try:
        ports.codes.is_current(app.secret)
    except AuthenticatorUnreadable:
        return False
    return True


def confirm_app(ports: Ports, *, present: Present, code: str) -> tuple[str, ...]:
    """The recovery codes, which are shown this once. Every other login ends. Raises
    ConfirmFirst, SecondFactorUnknown, CodeWrong."""
    may(present.actor, SET_UP_FACTOR)
    at = ports.now()
    present.login.check_confirmed(at=at)
    with ports.transactions(present.actor) as tx:
        app = tx.factors.totp(present.account.id, lock=True)
        if app is None or app.confirmed or not _readable(ports, app):
            raise SecondFactorUnknown()
        tx.factors.put(app.use(ports.codes.step(app.secret, code, at=at), at=at))
        told = "An authenticator app was added to your account."
        changed(ports, tx, present, told, kind=SecurityKind.SECOND_FACTOR_ADDED)
        return renew_codes(ports, tx, present.account)


def new_recovery_codes(ports: Ports, *, present: Present, password: str) -> tuple[str, ...]:
    """In place of the old ones. Raises what `check_present` does, SecondFactorUnknown."""
    may(present.actor, CHANGE_FACTOR)
    check_present(ports, present, password)
    with ports.transactions(present.actor) as tx:
        if not has_factor(tx, present.account.id):
            raise SecondFactorUnknown()
        told = "New recovery codes were made; the old ones are void."
        changed(ports, tx, present, told, kind=SecurityKind.RECOVERY_CODES_RENEWED)
        return renew_codes(ports, tx, present.account)


def remove_app(ports: Ports, *, present: Present, password: str) -> None:
    """Raises what `check_present` does, LastFactor."""
    may(present.actor, CHANGE_FACTOR)
    check_present(ports, present, password)
    with ports.transactions(present.actor) as tx:
        tx.factors.drop(present.account.id)
        drop_unneeded_codes(tx, present.account)
        check_not_last(ports, tx, present)
        told = "The authenticator app was removed from your account."
        changed(ports, tx, present, told, kind=SecurityKind.SECOND_FACTOR_REMOVED)


def give_code(
    ports: Ports, *, token: str, code: str, address: str = "", devices: Devices = NO_DEVICES
) -> SignedIn:
    """The second step of a login: the app's code, or a recovery code; each works once.
    Raises LoginGone, SecondFactorNotAsked, TooManyWrongCodes, CodeWrong, CodeUsed,
    AuthenticatorUnreadable."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
    present.login.check_asks_factor()
    proof, account = Proof.of_code(code), present.account
    counts = code_buckets(proof, account=account, address=address, devices=devices)
    with (
        code_tries_recorded(ports, token),
        codes_counted(ports, counts),
        ports.transactions(SYSTEM) as tx,
    ):
        present = held(ports, tx, token=token)
        present.login.check_asks_factor()
        use_code(ports, tx, present, code)
        return go_on(ports, tx, present)


def code_tries_recorded(ports: Ports, token: str) -> AbstractContextManager[None]:
    """Wrong answers in the second step of the login that this cookie holds."""

    def owner() -> AccountId | None:
        found = ports.queries.logins.find(digest(token))
        return found[1].id if found else None

    kind = SecurityKind.SECOND_FACTOR_FAILED
    kinds = (CodeWrong, PasskeyRefused, AuthenticatorUnreadable, TooManyWrongCodes)
    return tries_recorded(ports, kind, *kinds, account=owner)


def use_code(ports: Ports, tx: Transaction, present: Present, code: str) -> None:
    """The app's, or a recovery code; each works once. Raises CodeWrong, CodeUsed;
    AuthenticatorUnreadable for a code of an app whose secret was sealed with a key that is gone."""
    at, typed = ports.now(), "".join(code.split())
    app = tx.factors.totp(present.account.id, lock=True)
    if app is not None and app.confirmed and typed.isdigit() and typed.isascii():
        used = app.use(_step(ports, app, typed, at=at), at=at)
        tx.factors.put(attrs.evolve(used, secret=ports.codes.renewed(app.secret)))
        used_as = "authenticator app"
    else:
        _use_recovery_code(ports, tx, present, typed)
        used_as = "recovery code"
    record(ports, tx, SecurityKind.SECOND_FACTOR_USED, by=present.actor, detail=used_as)


def _step(ports: Ports, app: Totp, typed: str, *, at: datetime) -> int | None:
    try:
        return ports.codes.step(app.secret, typed, at=at)
    except AuthenticatorUnreadable:
        log.error("authenticator.unreadable", account=str(app.account_id))
        raise


def _use_recovery_code(ports: Ports, tx: Transaction, present: Present, typed: str) -> None:
    owner = present.account.id
    tx.factors.use_code(owner, digest(_plain(typed)), at=ports.now())
    left = tx.factors.codes_left(owner)
    _tell(ports, tx, present, f"A recovery code was used; {left} are left.")


def set_up_done(ports: Ports, *, token: str) -> SignedIn:
    """After setting up a factor half-way in: on to what is next; past that nothing changes.
    Raises LoginGone, SecondFactorUnknown."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        if present.login.stage is not Stage.SET_UP:
            return SignedIn(token, present.actor, present.account, present.login.stage)
        if not has_factor(tx, present.account.id):
            raise SecondFactorUnknown()
        return go_on(ports, tx, present)


def renew_codes(ports: Ports, tx: Transaction, account: Account) -> tuple[str, ...]:
    codes = tuple(_code(ports.ids.secret()) for _ in range(RECOVERY_CODES))
    tx.factors.put_codes(account.id, [digest(_plain(code)) for code in codes])
    return codes


def changed(
    ports: Ports, tx: Transaction, present: Present, what: str, *, kind: SecurityKind
) -> None:
    """Every other login ends: it was opened with what was asked for before."""
    record(ports, tx, kind, by=present.actor)
    end_logins(tx, present.account.id, at=ports.now(), but=present.login.id)
    _tell(ports, tx, present, what)


def _tell(ports: Ports, tx: Transaction, present: Present, what: str) -> None:
    event = SecondFactorChanged(present.account.id, what)
    tx.outbox.record(event, by=present.actor, at=ports.now())


def check_not_last(ports: Ports, tx: Transaction, present: Present) -> None:
    """Raises LastFactor when the role needs one and none is left."""
    if _required(ports, present.account) and not has_factor(tx, present.account.id):
        raise LastFactor()


def drop_unneeded_codes(tx: Transaction, account: Account) -> None:
    """Recovery codes stand in for a factor: without one there is nothing to recover."""
    if not has_factor(tx, account.id):
        tx.factors.put_codes(account.id, ())


def _required(ports: Ports, account: Account) -> bool:
    return bool(account.roles & ports.rules.second_factor_required)


def _code(secret: str) -> str:
    """Fifteen letters and digits, of 75 random bits, in groups of five: whoever reads the hashes
    can try all codes of 50 bits within days."""
    text = b32encode(sha256(secret.encode()).digest()).decode().lower()
    starts = range(0, _GROUP * _GROUPS, _GROUP)
    return "-".join(text[start : start + _GROUP] for start in starts)


def _plain(code: str) -> str:
    return code.replace("-", "").lower()
