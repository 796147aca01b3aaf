"""Coming in by a provider that vouches for no address: whoever came back says which address is
theirs, and shows it by the code that is mailed there.

A link would let the address's owner finish what a stranger began; a code is typed where it was
asked for. Its digest is made with the browser's state, so what is kept tells nobody the code.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

import attrs

from autodoctor.application.accounts import letters
from autodoctor.application.accounts.opening import label_of, open_customer, usable_name
from autodoctor.application.accounts.sign_in import SignedIn, enter
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.notifications.allowance import MailKind, check_mail
from autodoctor.application.notifications.post import post
from autodoctor.application.operations.security import record_try
from autodoctor.application.sessions.keeping import Timer
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.claim import (
    CODE_DIGITS,
    CODE_MAILED,
    LASTS,
    AddressCodeWrong,
    ClaimGone,
    PendingClaim,
)
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ClaimId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.identity import IdentityTaken
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class Proved:
    """The address is theirs; they go on to `following`."""

    signed_in: SignedIn
    following: str


def begin_claim(ports: Ports, claimed: Claimed, *, following: str) -> str:
    """Its state, which stays in the browser."""
    state = ports.ids.secret()
    claim = PendingClaim(
        id=ClaimId(ports.ids.new()),
        state_hash=digest(state),
        provider=claimed.provider,
        subject=claimed.subject,
        name=usable_name(claimed.name),
        claimed_email=_usable_address(claimed.email),
        following=following,
        expires_at=ports.now() + LASTS,
    )
    with ports.transactions(SYSTEM) as tx:
        tx.claims.add(claim)
        _set_clock(tx, claim)
    return state


def held_claim(ports: Ports, *, state: str) -> PendingClaim:
    """The one this browser holds. Raises ClaimGone."""
    with ports.transactions(SYSTEM) as tx:
        return _held(tx, state, at=ports.now())


def ask_code(ports: Ports, *, state: str, email: str) -> None:
    """A code is mailed to the address. Whoever has an account with it is told instead that
    somebody tried; the answer and the work are the same. Raises InvalidField, ClaimGone,
    AddressCodeUsed, TooManyCodes, TooManyMails."""
    address, at = EmailAddress.parse(email), ports.now()
    with ports.transactions(SYSTEM) as tx:
        claim = _held(tx, state, at=at, lock=True)
        check_mail(ports, tx, address, MailKind.CODE)
        known = tx.accounts.by_email(address)
        secret = ports.ids.secret()
        code = secret if known else _six_digits(secret)
        asked = claim.ask(address, _code_hash(state, address, code), at=at)
        _set_clock(tx, asked)
        tx.claims.save(asked)
        _write(ports, tx, asked, to=address, known=known, code=code)


def give_code(ports: Ports, *, state: str, code: str, address: str, agent: str) -> Proved:
    """Opens the account and lets its owner in. Raises ClaimGone, what `check_code` refuses,
    AddressCodeWrong, which counts as a try, and LogInToLink when somebody has opened an account
    with the address meanwhile."""
    claim, account = _tried(ports, state, "".join(code.split()))
    if account is None:
        slug = AddressCodeWrong.slug
        record_try(ports, SecurityKind.LOGIN_FAILED, account=None, detail=slug)
        raise AddressCodeWrong()
    signed_in = enter(ports, account, role=Role.CUSTOMER, address=address, agent=agent)
    return Proved(signed_in, claim.following)


def forget_claim(ports: Ports, claim_id: UUID, *, at: datetime) -> None:
    """The timer's: one that lasts longer by now is kept; its clock was set anew."""
    with ports.transactions(SYSTEM) as tx:
        try:
            claim = tx.claims.get(ClaimId(claim_id), lock=True)
        except Missing:
            return
        if not claim.alive(at=at):
            tx.claims.remove(claim.id)


def _held(tx: Transaction, state: str, *, at: datetime, lock: bool = False) -> PendingClaim:
    claim = tx.claims.by_state(digest(state), lock=lock)
    if claim is None or not claim.alive(at=at):
        raise ClaimGone()
    return claim


def _set_clock(tx: Transaction, claim: PendingClaim) -> None:
    tx.timers.set(Timer.FORGET_CLAIM, claim.id, due_at=claim.expires_at)


def _tried(ports: Ports, state: str, code: str) -> tuple[PendingClaim, Account | None]:
    """With the account that the code has opened; None for a wrong one, which is kept as a try."""
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        claim = _held(tx, state, at=at, lock=True)
        email = claim.check_code(at=at)
        right = claim.code_hash == _code_hash(state, email, code)
        account = _opened(ports, tx, claim, email) if right else None
        tx.claims.save(claim.use(at=at) if right else claim.tried())
        return claim, account


def _opened(ports: Ports, tx: Transaction, claim: PendingClaim, email: EmailAddress) -> Account:
    """Who has come in by the provider meanwhile does so again. Raises ClaimGone, LogInToLink."""
    if tx.identities.find(claim.provider, claim.subject) is not None:
        raise ClaimGone()
    try:
        return open_customer(
            ports,
            tx,
            email=email,
            name=claim.name,
            provider=claim.provider,
            subject=claim.subject,
        )
    except IdentityTaken as taken:
        raise ClaimGone() from taken


def _write(
    ports: Ports,
    tx: Transaction,
    claim: PendingClaim,
    *,
    to: EmailAddress,
    known: Account | None,
    code: str,
) -> None:
    provider = label_of(ports, claim.provider)
    if known:
        letter = letters.came_by(known, provider, ports.rules.public_url)
    else:
        letter = letters.address_code(code, provider)
    post(
        ports,
        tx,
        letter,
        to=to,
        occasion="claim_known" if known else CODE_MAILED,
        reference=f"{claim.id}:{claim.sent}",
        account_id=known.id if known else None,
    )


def _six_digits(secret: str) -> str:
    number = int.from_bytes(sha256(secret.encode()).digest()) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def _code_hash(state: str, email: EmailAddress, code: str) -> bytes:
    return digest(f"{state}:{email}:{code}")


def _usable_address(said: str) -> str:
    try:
        return EmailAddress.parse(said).text
    except InvalidField:
        return ""
