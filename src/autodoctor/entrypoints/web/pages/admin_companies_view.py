"""Companies as ready strings for staff."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import attrs

from autodoctor.application.corporate.overseeing import Dossier
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.corporate.tier import Tier
from autodoctor.domain.vetting.application import OPEN, Application
from autodoctor.domain.vetting.document import Document
from autodoctor.entrypoints.web.pages.admin_workshops_view import business_state
from autodoctor.entrypoints.web.pages.company_departments import (
    DepartmentLine,
    amount,
    department_line,
)
from autodoctor.entrypoints.web.pages.company_form import BUSINESSES, TIER_NAMES
from autodoctor.entrypoints.web.pages.company_profile import tier_facts
from autodoctor.entrypoints.web.pages.team_lines import StaffLine, staff_line
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import (
    Cell,
    Column,
    Fact,
    Link,
    Moment,
    Option,
    Pager,
    Table,
)
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.corporate_queries import (
    CompaniesShown,
    CompanyFilter,
    CompanyPage,
    CompanyRow,
)

PATH: Final = "/admin/corporate"
PAGE_SIZE: Final = 50
TABS: Final = {
    CompaniesShown.ALL: "All",
    CompaniesShown.APPLYING: "Waiting for us",
    CompaniesShown.OPEN: "Open",
    CompaniesShown.SUSPENDED: "Suspended",
    CompaniesShown.REJECTED: "Turned down",
}
COLUMNS: Final = (
    Column("Company"),
    Column("Does"),
    Column("Tier"),
    Column("State"),
    Column("Seats", numeric=True),
    Column("Handed in"),
)
TIERS: Final = tuple(Option(tier.value, name) for tier, name in TIER_NAMES.items())


@attrs.frozen(kw_only=True)
class CompaniesView:
    tabs: tuple[Link, ...]
    search: str
    shown: str
    tier: str
    tiers: tuple[Option, ...]
    table: Table
    pager: Pager


def filter_of(asked: Mapping[str, str]) -> CompanyFilter:
    """What the address asks for; whatever does not fit is left out."""
    shown, tier, page = asked.get("shown", ""), asked.get("tier", ""), asked.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return CompanyFilter(
        shown=CompaniesShown(shown) if shown in set(CompaniesShown) else CompaniesShown.ALL,
        tier=Tier(tier) if tier in set(Tier) else None,
        text=asked.get("search", "").strip()[:200],
        page=max(number, 1),
        page_size=PAGE_SIZE,
    )


def listed_companies(found: CompanyPage, which: CompanyFilter, when: When) -> CompaniesView:
    rows = tuple(_row(each, when) for each in found.rows)
    return CompaniesView(
        tabs=tuple(
            Link(label, f"{PATH}?shown={each}", each is which.shown) for each, label in TABS.items()
        ),
        search=which.text,
        shown=which.shown,
        tier=which.tier or "",
        tiers=TIERS,
        table=Table("Companies", COLUMNS, rows, "No company fits."),
        pager=_pager(found, which),
    )


def _pager(found: CompanyPage, which: CompanyFilter) -> Pager:
    first = (which.page - 1) * which.page_size + 1
    last = first + len(found.rows) - 1
    text = f"{first}–{last} of {found.total}" if found.rows else "Nothing on this page"

    def url(page: int) -> str:
        asked = {"shown": which.shown, "tier": which.tier or "", "search": which.text}
        return f"{PATH}?{urlencode({**asked, 'page': page})}"

    return Pager(
        text,
        previous_url=url(which.page - 1) if which.page > 1 else "",
        next_url=url(which.page + 1) if last < found.total else "",
    )


def _row(row: CompanyRow, when: When) -> tuple[Cell, ...]:
    suspended = row.suspended_at is not None
    label, tone = business_state(row.status, approved=row.approved, suspended=suspended)
    return (
        Cell(row.name, url=f"{PATH}/{row.id}", note=row.contact_name),
        Cell(BUSINESSES[row.business_type]),
        Cell(TIER_NAMES[row.tier]),
        Cell(label, tone=tone),
        Cell(f"{row.seats_taken} of {row.seats}"),
        Cell(when.moment(row.submitted_at) if row.submitted_at else "—"),
    )


@attrs.frozen(kw_only=True)
class CompanyDossierView:
    id: str
    name: str
    state: str
    tone: Tone
    error: str
    facts: tuple[Fact, ...]
    tier: tuple[Fact, ...]
    chosen_tier: str
    tiers: tuple[Option, ...]
    agreed_seats: str
    agreed_price: str
    staff: tuple[StaffLine, ...]
    departments: tuple[DepartmentLine, ...]
    suspended: str
    question: str
    answer: str
    reason: str
    papers: tuple[Link, ...]
    deeds: tuple[Moment, ...]
    undecided: bool
    open: bool


def company_dossier(
    found: Dossier, papers: tuple[Document, ...], when: When, error: str
) -> CompanyDossierView:
    company, application = found.organization, found.application
    status = application.status if application else None
    suspended = company.suspended_at is not None
    state, tone = business_state(status, approved=company.approved, suspended=suspended)
    agreed = company.agreed
    return CompanyDossierView(
        id=str(company.id),
        name=company.name,
        state=state,
        tone=tone,
        error=error,
        facts=_facts(company, application, when),
        tier=(*tier_facts(company), Fact("Seats taken", str(found.seats_taken))),
        chosen_tier=company.tier,
        tiers=TIERS,
        agreed_seats=str(agreed.seats) if agreed else "",
        agreed_price=amount(agreed.monthly_price) if agreed else "",
        staff=tuple(staff_line(each, each.organization_seat) for each in found.staff),
        departments=tuple(map(department_line, found.departments)),
        suspended=company.suspension_reason,
        question=application.question if application else "",
        answer=application.answer if application else "",
        reason=application.reason if application else "",
        papers=tuple(
            Link(f"Sent {when.within(each.uploaded_at)}", f"{PATH}/{company.id}/papers/{each.id}")
            for each in papers
        ),
        deeds=tuple(
            Moment(deed.action, deed.at.isoformat(), when.moment(deed.at), deed.reason)
            for deed in found.deeds
        ),
        undecided=status in OPEN,
        open=company.open,
    )


def _facts(company: Organization, application: Application | None, when: When) -> tuple[Fact, ...]:
    told = company.profile
    handed_in = application.submitted_at if application else None
    place = " ".join(part for part in (told.city, told.province, told.postal_code) if part)
    pairs = (
        ("Does", BUSINESSES[company.business_type]),
        ("Industry", told.industry),
        ("Vehicles", str(told.fleet_size) if told.fleet_size else ""),
        ("Contact", told.contact_name),
        ("Mail", told.email),
        ("Phone", told.phone),
        ("Registration number", told.registration_number),
        ("Tax number", told.tax_id),
        ("Address", ", ".join(part for part in (told.street, place) if part)),
        ("Handed in", when.moment(handed_in) if handed_in else ""),
    )
    return tuple(Fact(label, value) for label, value in pairs if value)
