"""Showing once more that it is you, before ways to log in are added: a login alone does not do."""

import attrs

from autodoctor.application.access.accounts import SECURITY
from autodoctor.application.access.may import may
from autodoctor.application.accounts.code_guessing import (
    Proof,
    TooManyWrongCodes,
    codes_counted,
    login_buckets,
)
from autodoctor.application.accounts.password import check_present
from autodoctor.application.accounts.second_factor import use_code
from autodoctor.application.accounts.sign_in import Present
from autodoctor.application.operations.security import tries_recorded
from autodoctor.domain.accounts.factor import CodeWrong
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import AuthenticatorUnreadable
from autodoctor.ports.transactions import Transaction


def confirm(ports: Ports, *, present: Present, password: str = "", code: str = "") -> None:
    """By the password, or by a code of the authenticator app or a recovery code, each of which
    works once. For the ten minutes of `check_confirmed`, and this login alone. Raises
    InvalidField for neither; PasswordWrong, TooManyWrongPasswords; TooManyWrongCodes, CodeWrong,
    CodeUsed, AuthenticatorUnreadable."""
    may(present.actor, SECURITY)
    if not password and not code:
        raise InvalidField("password", "Type your password, or a code.")
    if password:
        check_present(ports, present, password)
        with ports.transactions(present.actor) as tx:
            _keep_confirmed(ports, tx, present)
    else:
        _confirm_by_code(ports, present, code)


def _confirm_by_code(ports: Ports, present: Present, code: str) -> None:
    owner, wrong = present.account.id, SecurityKind.SECOND_FACTOR_FAILED
    kinds = (CodeWrong, AuthenticatorUnreadable, TooManyWrongCodes)
    with (
        tries_recorded(ports, wrong, *kinds, account=lambda: owner),
        codes_counted(ports, login_buckets(Proof.of_code(code), login=present.login)),
        ports.transactions(present.actor) as tx,
    ):
        use_code(ports, tx, present, code)
        _keep_confirmed(ports, tx, present)


def _keep_confirmed(ports: Ports, tx: Transaction, present: Present) -> None:
    tx.logins.save(attrs.evolve(present.login, confirmed_at=ports.now()))
