"""From what was typed to what is kept, and back for who writes it anew."""

from datetime import date, datetime

import attrs

from autodoctor.application.mechanics.steps import (
    certifications_of,
    day_of,
    insurance_number_of,
    insured_through,
    keywords_of,
    payout_country_of,
    phone_of,
    province_of,
    red_seal_of,
    tier_of,
    years_of,
)
from autodoctor.domain.accounts.account import Account, check_name
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import (
    Certification,
    Particulars,
    check_bio,
    check_born,
    check_line,
)
from autodoctor.domain.mechanics.trade import check_brands, check_languages, check_specializations
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.transactions import Transaction


def tell_account(account: Account, answers: Answers) -> Account:
    """Raises InvalidField, as the following do."""
    return attrs.evolve(account, name=check_name(answers.full_name), phone=phone_of(answers.phone))


def tell_mechanic(mechanic: Mechanic, answers: Answers) -> Mechanic:
    return attrs.evolve(
        mechanic,
        name=check_name(answers.full_name),
        years_of_experience=years_of(answers.years_of_experience),
        red_seal=bool(red_seal_of(answers)),
        keywords=keywords_of(answers.keywords),
        brands=check_brands(answers.brands),
        specializations=check_specializations(answers.specializations),
        city=check_line("city", answers.city, what="your city"),
        bio=check_bio(answers.bio),
    )


def tell_particulars(told: Particulars, answers: Answers, *, at: datetime) -> Particulars:
    today = at.date()
    return attrs.evolve(
        told.choose_tier(tier_of(answers.service_tier)),
        date_of_birth=check_born(day_of("date_of_birth", answers.date_of_birth), today=today),
        street=check_line("street", answers.street),
        province=province_of(answers.province),
        postal_code=check_line("postal_code", answers.postal_code),
        languages=check_languages(answers.languages),
        certifications=certifications_of(answers, today=today),
        red_seal_number=red_seal_of(answers),
        insurance_number=insurance_number_of(answers),
        insurance_expires_on=insured_through(answers, today=today),
        background_check_agreed_at=told.background_check_agreed_at or at,
        payout_country=payout_country_of(answers.payout_country),
    )


def answers_from(tx: Transaction, account: Account) -> Answers:
    """What is known of a mechanic, as they would have typed it."""
    mechanic_id = MechanicId(account.id)
    mechanic, told = tx.mechanics.get(mechanic_id), tx.particulars.get(mechanic_id)
    given = (consent for consent in tx.consents.of(account.id) if consent.in_force)
    agreed = {consent.kind.value: "agreed" for consent in given}
    return Answers(
        full_name=account.name,
        email=account.email.text,
        phone=account.phone,
        language=account.language,
        time_zone=account.time_zone,
        **agreed,
        date_of_birth=_day(told.date_of_birth),
        street=told.street,
        city=mechanic.city,
        province=told.province,
        postal_code=told.postal_code,
        years_of_experience=str(mechanic.years_of_experience or ""),
        red_seal="true" if told.red_seal_number else "",
        red_seal_number=told.red_seal_number,
        certifications=tuple(map(_certification, told.certifications)),
        bio=mechanic.bio,
        specializations=mechanic.specializations,
        brands=tuple(sorted(mechanic.brands)),
        keywords=tuple(sorted(mechanic.keywords)),
        languages=told.languages or ("en",),
        service_tier=told.service_tier or "",
        insurance_number=told.insurance_number,
        insurance_expires_on=_day(told.insurance_expires_on),
        payout_country=told.payout_country,
    )


def _certification(kept: Certification) -> CertificationAnswers:
    return CertificationAnswers(**attrs.asdict(kept) | {"expires_on": _day(kept.expires_on)})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
