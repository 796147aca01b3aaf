"""Everything a mechanic is about to hand in, section by section, and what is still missing."""

from collections.abc import Iterable
from datetime import date

import attrs

from autodoctor.application.mechanics.steps import Step as Name
from autodoctor.application.mechanics.steps import all_mistakes
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers, Draft
from autodoctor.domain.mechanics.trade import LANGUAGES
from autodoctor.entrypoints.web.pages.mechanic_choices import PAYOUT_COUNTRIES, TIER_WORDS
from autodoctor.entrypoints.web.pages.mechanic_steps import LABELS, REVIEW, ROOT, progress
from autodoctor.entrypoints.web.pages.mechanic_words import keyword_label
from autodoctor.entrypoints.web.parts import Fact, Step


@attrs.frozen
class Section:
    title: str
    url: str
    facts: tuple[Fact, ...]
    missing: tuple[str, ...]


@attrs.frozen
class ReviewView:
    """`ready` when nothing is missing; `email` is where the link was sent while it has not
    been followed."""

    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    ready: bool
    email: str


def review_view(draft: Draft | None, *, today: date, confirmed: bool) -> ReviewView:
    answers = draft.answers if draft else Answers()
    wrong = all_mistakes(answers, today=today)
    sections = tuple(
        Section(
            LABELS[name],
            f"{ROOT}/{name}",
            tuple(_facts(name, answers)),
            tuple(wrong.get(name, {}).values()),
        )
        for name in Name
    )
    email = "" if confirmed or draft is None else draft.email or ""
    return ReviewView(progress(REVIEW, answers, today=today), sections, not wrong, email)


def _facts(name: Name, answers: Answers) -> Iterable[Fact]:
    told = {
        Name.PERSONAL: _personal,
        Name.CREDENTIALS: _credentials,
        Name.SERVICE: _service,
        Name.INSURANCE: _insurance,
        Name.BANK: _bank,
    }[name](answers)
    return (Fact(label, value or "–") for label, value in told)


def _personal(answers: Answers) -> tuple[tuple[str, str], ...]:
    place = (answers.street, answers.city, answers.province, answers.postal_code)
    return (
        ("Name", answers.full_name),
        ("Email", answers.email),
        ("Phone", answers.phone),
        ("Born", answers.date_of_birth),
        ("Address", ", ".join(filter(None, place))),
    )


def _credentials(answers: Answers) -> tuple[tuple[str, str], ...]:
    held = [each for each in answers.certifications if not each.empty]
    return (
        ("Years of experience", answers.years_of_experience),
        ("Red Seal", answers.red_seal_number if answers.red_seal else "No"),
        ("Certifications", "; ".join(map(_certification, held))),
        ("About you", answers.bio),
    )


def _certification(told: CertificationAnswers) -> str:
    until = f"until {told.expires_on}" if told.expires_on else ""
    return ", ".join(filter(None, (told.type, told.number, told.authority, told.region, until)))


def _service(answers: Answers) -> tuple[tuple[str, str], ...]:
    return (
        ("Work", ", ".join(answers.specializations)),
        ("Keywords", ", ".join(map(keyword_label, answers.keywords))),
        ("Brands", ", ".join(answers.brands)),
        ("Languages", ", ".join(LANGUAGES.get(code, code) for code in answers.languages)),
        ("How you work", TIER_WORDS.get(answers.service_tier, "")),
    )


def _insurance(answers: Answers) -> tuple[tuple[str, str], ...]:
    return (
        ("Liability insurance", answers.insurance_number),
        ("Expiry date", answers.insurance_expires_on),
        ("Background check", "You agree" if answers.background_check else ""),
    )


def _bank(answers: Answers) -> tuple[tuple[str, str], ...]:
    names = {option.value: option.label for option in PAYOUT_COUNTRIES}
    return (("Bank account in", names.get(answers.payout_country, "")),)
