"""The steps of a mechanic's sign-up: what each asks, and everything that is wrong with it."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final

from autodoctor.application.accounts.profile import check_language, check_phone, check_zone
from autodoctor.domain.accounts.account import check_name
from autodoctor.domain.accounts.consent import REQUIRED, WHY, ConsentKind
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.matching.keywords import BY_SLUG
from autodoctor.domain.mechanics.completion import KEYWORDS_MIN
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers
from autodoctor.domain.mechanics.particulars import (
    CERTIFICATIONS_MAX,
    Certification,
    ServiceTier,
    check_bio,
    check_born,
    check_good_through,
    check_line,
    check_years,
)
from autodoctor.domain.mechanics.trade import (
    check_brands,
    check_languages,
    check_specializations,
)
from autodoctor.domain.shared.errors import InvalidField

PROVINCES: Final = ("AB", "BC", "MB", "NB", "NL", "NT", "NS", "NU", "ON", "PE", "QC", "SK", "YT")
PAYOUT_COUNTRIES: Final = ("CA", "US")
Check = Callable[[], object]


class Step(StrEnum):
    PERSONAL = "personal"
    CREDENTIALS = "credentials"
    SERVICE = "service"
    INSURANCE = "insurance"
    BANK = "bank"


def mistakes(step: Step, answers: Answers, *, today: date) -> dict[str, str]:
    """Everything that is wrong with a step at once, by field; empty when all is well."""
    found: dict[str, str] = {}
    for check in CHECKS[step](answers, today):
        try:
            check()
        except InvalidField as wrong:
            found.setdefault(wrong.field, wrong.reason)
    return found


def all_mistakes(answers: Answers, *, today: date) -> dict[Step, dict[str, str]]:
    """Of the steps that are not complete, in order."""
    found = {step: mistakes(step, answers, today=today) for step in Step}
    return {step: wrong for step, wrong in found.items() if wrong}


def check_all(answers: Answers, *, today: date) -> None:
    """Raises InvalidField for the first thing that is wrong."""
    for wrong in all_mistakes(answers, today=today).values():
        raise InvalidField(*next(iter(wrong.items())))


def _personal(answers: Answers, today: date) -> tuple[Check, ...]:
    return (
        lambda: check_name(answers.full_name),
        lambda: EmailAddress.parse(answers.email),
        lambda: phone_of(answers.phone),
        lambda: check_born(day_of("date_of_birth", answers.date_of_birth), today=today),
        lambda: check_line("street", answers.street),
        lambda: check_line("city", answers.city, what="your city"),
        lambda: province_of(answers.province),
        lambda: check_line("postal_code", answers.postal_code),
        lambda: check_zone(answers.time_zone),
        lambda: check_language(answers.language),
        *(_agreed(answers, kind) for kind in REQUIRED),
    )


def _credentials(answers: Answers, today: date) -> tuple[Check, ...]:
    told = enumerate(answers.certifications)
    return (
        lambda: years_of(answers.years_of_experience),
        lambda: red_seal_of(answers),
        lambda: certifications_of(answers, today=today),
        *(_certification_check(at, each, today) for at, each in told if not each.empty),
        lambda: check_bio(answers.bio),
    )


def _service(answers: Answers, _today: date) -> tuple[Check, ...]:
    return (
        lambda: check_specializations(answers.specializations),
        lambda: keywords_of(answers.keywords),
        lambda: check_brands(answers.brands),
        lambda: check_languages(answers.languages),
        lambda: tier_of(answers.service_tier),
    )


def _insurance(answers: Answers, today: date) -> tuple[Check, ...]:
    return (
        lambda: insurance_number_of(answers),
        lambda: insured_through(answers, today=today),
        lambda: _ticked("background_check", answers.background_check, "We need your consent."),
    )


def _bank(answers: Answers, _today: date) -> tuple[Check, ...]:
    return (lambda: payout_country_of(answers.payout_country),)


CHECKS: Final[dict[Step, Callable[[Answers, date], tuple[Check, ...]]]] = {
    Step.PERSONAL: _personal,
    Step.CREDENTIALS: _credentials,
    Step.SERVICE: _service,
    Step.INSURANCE: _insurance,
    Step.BANK: _bank,
}


def _ticked(field: str, value: str, why: str) -> None:
    if not value:
        raise InvalidField(field, why)


def _agreed(answers: Answers, kind: ConsentKind) -> Check:
    return lambda: _ticked(kind.value, getattr(answers, kind.value), WHY[kind])


def day_of(field: str, text: str) -> date:
    """A day as date fields send it, year first. Raises InvalidField."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidField(field, "Enter a date as year, month and day: YYYY-MM-DD.") from None


def phone_of(text: str) -> str:
    if not text:
        raise InvalidField("phone", "Enter your phone number.")
    return check_phone(text)


def province_of(code: str) -> str:
    if code not in PROVINCES:
        raise InvalidField("province", "Choose your province or territory.")
    return code


def years_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise InvalidField("years_of_experience", "Enter whole years, 0 for less than one.")
    return check_years(int(text))


def red_seal_of(answers: Answers) -> str:
    """The number of the endorsement; empty for who has none."""
    if not answers.red_seal:
        return ""
    return check_line("red_seal_number", answers.red_seal_number, what="your Red Seal number")


def certifications_of(answers: Answers, *, today: date) -> tuple[Certification, ...]:
    """Rows left empty are none. Raises InvalidField for a field of a row, `number_0`."""
    told = [(at, each) for at, each in enumerate(answers.certifications) if not each.empty]
    if len(told) > CERTIFICATIONS_MAX:
        raise InvalidField("certifications", f"At most {CERTIFICATIONS_MAX}.")
    return tuple(_certification(at, each, today=today) for at, each in told)


def _certification_check(at: int, each: CertificationAnswers, today: date) -> Check:
    return lambda: _certification(at, each, today=today)


_PARTS: Final = {
    "type": "which certification it is",
    "number": "its number",
    "authority": "who issued it",
    "region": "where it holds",
}


def _certification(at: int, told: CertificationAnswers, *, today: date) -> Certification:
    lines = {
        name: check_line(f"{name}_{at}", getattr(told, name), what=what)
        for name, what in _PARTS.items()
    }
    until = None
    if told.expires_on:
        field = f"expires_on_{at}"
        until = check_good_through(field, day_of(field, told.expires_on), today=today)
    return Certification(**lines, expires_on=until)


def keywords_of(slugs: tuple[str, ...]) -> frozenset[str]:
    if not set(slugs) <= set(BY_SLUG):
        raise InvalidField("keywords", "Choose from the list.")
    if len(set(slugs)) < KEYWORDS_MIN:
        raise InvalidField("keywords", f"Choose at least {KEYWORDS_MIN}.")
    return frozenset(slugs)


def tier_of(text: str) -> ServiceTier:
    try:
        return ServiceTier(text)
    except ValueError:
        raise InvalidField("service_tier", "Choose one of the two.") from None


def insurance_number_of(answers: Answers) -> str:
    what = "the number of your insurance"
    return check_line("insurance_number", answers.insurance_number, what=what)


def insured_through(answers: Answers, *, today: date) -> date:
    day = day_of("insurance_expires_on", answers.insurance_expires_on)
    return check_good_through("insurance_expires_on", day, today=today)


def payout_country_of(code: str) -> str:
    if code not in PAYOUT_COUNTRIES:
        raise InvalidField("payout_country", "Choose where your bank account is.")
    return code
