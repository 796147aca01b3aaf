"""What somebody agreed to, and a copy of everything kept about them."""

from typing import Final

from flask import Blueprint, Response, render_template

from autodoctor.application.access.accounts import CONSENTS, COPY
from autodoctor.application.accounts.agreements import consents_of
from autodoctor.domain.accounts.consent import VERSIONS, Consent, ConsentKind
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.api.copying import copied
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Cell, Column, Table

COLUMNS: Final = (Column("You agreed"), Column("Version"), Column("When"), Column("Withdrawn"))
WORDS: Final = {
    ConsentKind.ADULT: ("That you are 18 or older", ""),
    ConsentKind.TERMS: ("To the terms of service", "/terms"),
    ConsentKind.PRIVACY: ("To the privacy policy", "/privacy"),
    ConsentKind.MARKETPLACE: ("That mechanics advise on their own account", ""),
    ConsentKind.MARKETING: ("To receive news and offers by email", ""),
}

pages = Blueprint("consents", __name__, url_prefix="/account")


def consent_table(given: tuple[Consent, ...], when: When) -> Table:
    """In the order they are asked in; the version in force is marked."""
    order = list(ConsentKind)
    ranked = sorted(given, key=lambda each: (order.index(each.kind), each.given_at))
    rows = tuple(_row(each, when) for each in ranked)
    return Table("What you agreed to", COLUMNS, rows, "Nothing is kept.")


def _row(consent: Consent, when: When) -> tuple[Cell, ...]:
    told, url = WORDS[consent.kind]
    current = VERSIONS[consent.kind] == consent.version
    return (
        Cell(told, url=url),
        Cell(consent.version, note="" if current else "There is a newer one"),
        *given_cells(consent, when),
    )


def given_cells(consent: Consent, when: When) -> tuple[Cell, Cell]:
    withdrawn = consent.withdrawn_at
    return Cell(when.moment(consent.given_at)), Cell(when.moment(withdrawn) if withdrawn else "")


@pages.get("/consents")
@asks(CONSENTS)
def listed() -> str:
    here = call()
    table = consent_table(consents_of(here.ports, actor=here.who), when(here))
    return render_template("accounts/consents.html", table=table)


@pages.get("/copy")
@asks(COPY)
def copy() -> Response:
    """The same file as the API gives, to people in every role."""
    return copied(call())
