"""One's own profile."""

from functools import cache
from zoneinfo import available_timezones

import attrs

from autodoctor.domain.accounts.account import Account, check_name
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.bundle import Ports


def profile(ports: Ports, *, actor: Actor) -> Account:
    with ports.transactions(actor) as tx:
        return tx.accounts.get(actor.account_id)


def update_profile(
    ports: Ports,
    *,
    actor: Actor,
    full_name: str | None = None,
    phone: str | None = None,
    time_zone: str | None = None,
    language: str | None = None,
) -> Account:
    """What is None stays. Raises InvalidField."""
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        told = described(
            account, full_name=full_name, phone=phone, time_zone=time_zone, language=language
        )
        return tx.accounts.save(told)


def described(
    account: Account,
    *,
    full_name: str | None = None,
    phone: str | None = None,
    time_zone: str | None = None,
    language: str | None = None,
) -> Account:
    """`account` with what is told; what is None stays. Raises InvalidField."""
    return attrs.evolve(
        account,
        name=account.name if full_name is None else check_name(full_name),
        phone=account.phone if phone is None else check_phone(phone),
        time_zone=account.time_zone if time_zone is None else check_zone(time_zone),
        language=account.language if language is None else check_language(language),
    )


def check_phone(text: str) -> str:
    phone = text.strip()
    digits = sum(character.isdigit() for character in phone)
    if phone and (not 7 <= digits <= 15 or not set(phone) <= set("+0123456789 ()-.")):
        raise InvalidField("phone", "Enter a phone number such as +1 416 555 0123.")
    return phone


@cache
def known_zones() -> frozenset[str]:
    """The names of all time zones. Their folders are read once: that takes ten milliseconds."""
    return frozenset(available_timezones())


def check_zone(name: str) -> str:
    if name not in known_zones():
        raise InvalidField("time_zone", "Choose a time zone such as America/Toronto.")
    return name


def check_language(code: str) -> str:
    if code not in ("en", "fr"):
        raise InvalidField("language", "English (en) or French (fr).")
    return code
