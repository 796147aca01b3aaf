"""Passkeys as a second factor: added, removed, and asked for in the second step of a login."""

from uuid import UUID

import attrs

from autodoctor.application.access.accounts import CHANGE_FACTOR, SET_UP_FACTOR
from autodoctor.application.access.may import may
from autodoctor.application.accounts.code_guessing import (
    NO_DEVICES,
    Proof,
    code_buckets,
    codes_counted,
)
from autodoctor.application.accounts.guessing import Devices
from autodoctor.application.accounts.password import check_present
from autodoctor.application.accounts.second_factor import (
    changed,
    check_not_last,
    code_tries_recorded,
    drop_unneeded_codes,
    renew_codes,
)
from autodoctor.application.accounts.sign_in import Present, SignedIn, go_on, held
from autodoctor.application.operations.security import record
from autodoctor.domain.accounts.factor import (
    PASSKEYS_MAX,
    Passkey,
    TooManyPasskeys,
    check_passkey_name,
)
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import PasskeyRefused
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def begin_passkey(ports: Ports, *, present: Present) -> str:
    """Options for the browser, as JSON. Raises ConfirmFirst, TooManyPasskeys."""
    may(present.actor, SET_UP_FACTOR)
    present.login.check_confirmed(at=ports.now())
    with ports.transactions(present.actor) as tx:
        known = tx.passkeys.of(present.account.id)
        if len(known) >= PASSKEYS_MAX:
            raise TooManyPasskeys()
        ceremony = ports.ceremonies.enrol(present.account, known)
        _keep_challenge(tx, present.login, ceremony.challenge)
        return ceremony.options


def add_passkey(ports: Ports, *, present: Present, answer: str, name: str) -> tuple[str, ...]:
    """The recovery codes when it is the first factor, else nothing. Every other login ends.
    Raises ConfirmFirst, InvalidField, PasskeyRefused, PasskeyKnown."""
    may(present.actor, SET_UP_FACTOR)
    present.login.check_confirmed(at=ports.now())
    shown = check_passkey_name(name)
    with ports.transactions(present.actor) as tx:
        challenge = tx.logins.take_challenge(present.login.id)
    if challenge is None:
        raise PasskeyRefused()
    credential_id, public_key, sign_count = ports.ceremonies.enrolled(answer, challenge=challenge)
    passkey = Passkey(
        id=ports.ids.new(),
        account_id=present.account.id,
        credential_id=credential_id,
        public_key=public_key,
        sign_count=sign_count,
        name=shown,
        created_at=ports.now(),
    )
    with ports.transactions(present.actor) as tx:
        tx.passkeys.add(passkey)
        told = f"The passkey “{shown}” was added to your account."
        changed(ports, tx, present, told, kind=SecurityKind.PASSKEY_ADDED)
        first = tx.factors.codes_left(present.account.id) == 0
        return renew_codes(ports, tx, present.account) if first else ()


def remove_passkey(ports: Ports, *, present: Present, passkey_id: UUID, password: str) -> None:
    """Raises what `check_present` does, Missing, LastFactor."""
    may(present.actor, CHANGE_FACTOR)
    check_present(ports, present, password)
    with ports.transactions(present.actor) as tx:
        if not tx.passkeys.drop(present.account.id, passkey_id):
            raise Missing("passkey")
        check_not_last(ports, tx, present)
        drop_unneeded_codes(tx, present.account)
        told = "A passkey was removed from your account."
        changed(ports, tx, present, told, kind=SecurityKind.PASSKEY_REMOVED)


def ask_passkey(ports: Ports, *, token: str) -> str:
    """Options for the browser, as JSON, in the second step of a login. Raises LoginGone,
    SecondFactorNotAsked."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        present.login.check_asks_factor()
        ceremony = ports.ceremonies.ask(tx.passkeys.of(present.account.id))
        _keep_challenge(tx, present.login, ceremony.challenge)
        return ceremony.options


def give_passkey(
    ports: Ports, *, token: str, answer: str, address: str = "", devices: Devices = NO_DEVICES
) -> SignedIn:
    """The second step of a login. Raises LoginGone, SecondFactorNotAsked, TooManyWrongCodes,
    PasskeyRefused."""
    with ports.transactions(SYSTEM) as tx:
        present = held(ports, tx, token=token)
        present.login.check_asks_factor()
        challenge = tx.logins.take_challenge(present.login.id)
    account = present.account
    counts = code_buckets(Proof.PASSKEY, account=account, address=address, devices=devices)
    with code_tries_recorded(ports, token), codes_counted(ports, counts):
        return _accept_passkey(ports, present, answer, challenge)


def _accept_passkey(
    ports: Ports, present: Present, answer: str, challenge: bytes | None
) -> SignedIn:
    credential_id = ports.ceremonies.credential_of(answer)
    with ports.transactions(SYSTEM) as tx:
        owner = present.account.id
        passkey = tx.passkeys.by_credential(owner, credential_id, lock=True)
        if passkey is None or challenge is None:
            raise PasskeyRefused()
        count = ports.ceremonies.answered(answer, passkey=passkey, challenge=challenge)
        tx.passkeys.save(passkey.use(count, at=ports.now()))
        record(ports, tx, SecurityKind.SECOND_FACTOR_USED, by=present.actor, detail="passkey")
        return go_on(ports, tx, present)


def _keep_challenge(tx: Transaction, login: Login, challenge: bytes) -> None:
    tx.logins.save(attrs.evolve(login, challenge=challenge))
