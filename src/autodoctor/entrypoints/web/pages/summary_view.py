"""What a session was and what came out of it, for its customer."""

from collections.abc import Mapping
from typing import Final

import attrs

from autodoctor.application.room.rating import RATABLE
from autodoctor.domain.plans.catalogue import WITH_SUMMARY
from autodoctor.domain.room.file import File
from autodoctor.domain.room.report import Report
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.entrypoints.web.formats import minutes_text
from autodoctor.entrypoints.web.pages.booking_words import category_words
from autodoctor.entrypoints.web.pages.file_views import attachment
from autodoctor.entrypoints.web.pages.forms import FormView, form_view
from autodoctor.entrypoints.web.pages.money_lines import money_lines
from autodoctor.entrypoints.web.pages.outcome import customers_words
from autodoctor.entrypoints.web.pages.session_places import cancel_url
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.pages.wording import CALLED_OFF, Words, filled, refunded_in_full
from autodoctor.entrypoints.web.parts import Attachment, Fact, Link, MoneyTable, Person
from autodoctor.ports.queries import SessionView

RATING: Final = ("stars", "review")
CLOSED: Final = (SessionStatus.COMPLETED, SessionStatus.ESCALATED, SessionStatus.ARCHIVED)


@attrs.frozen
class ReportView:
    """Sections are headings and texts; amendments come last."""

    sections: tuple[tuple[str, str], ...]
    written: str
    pdf_url: str


@attrs.frozen(kw_only=True)
class SummaryView:
    """`again_url` books the same once more, which the free session cannot be.
    `mechanic` is None when nobody came. `report_note` says why there is no report yet;
    `rated` is how many stars were given, empty before that; `likeable` is the id of a mechanic
    who is no favourite yet. `cancel_url` is empty once it has started. `short` when it began and
    does not count."""

    session: str
    crumbs: tuple[Link, ...]
    title: str
    state: Words
    sentence: str
    mechanic: Person | None
    facts: tuple[Fact, ...]
    money: MoneyTable
    report: ReportView | None
    report_note: str
    files: tuple[Attachment, ...]
    ratable: bool
    rated: str
    form: FormView
    likeable: str
    liked: bool
    again_url: str
    under_way: bool
    cancel_url: str
    talked: bool
    short: bool


def summary_view(
    view: SessionView,
    when: When,
    *,
    report: Report | None,
    files: tuple[File, ...],
    face_url: str = "",
    favorite_id: str = "",
    company: str = "",
    values: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> SummaryView:
    talked = view.started_at is not None
    name = view.mechanic_name
    return SummaryView(
        session=str(view.id),
        crumbs=(Link("Sessions", "/customer/sessions"), Link(view.plan_name, "")),
        title=f"{view.plan_name} with {name}" if name else view.plan_name,
        state=customers_words(view),
        sentence=filled(customers_words(view), name or "your mechanic"),
        mechanic=Person(name, initials(name), face_url) if name else None,
        facts=summary_facts(view, when, company=company),
        money=money_lines(view),
        report=report_view(report, when) if report else None,
        report_note=_report_note(view, report),
        files=tuple(attachment(file, session_id=view.id) for file in files),
        ratable=talked and view.status in RATABLE and view.stars is None,
        rated=_stars(view.stars),
        form=form_view(RATING, values, errors),
        likeable=str(view.mechanic_id) if view.mechanic_id and talked and not favorite_id else "",
        liked=bool(favorite_id),
        again_url=f"/intake?plan={view.plan}&again={view.intake_id}" if view.price else "",
        under_way=view.ended_at is None,
        cancel_url=cancel_url(view.id, view.status),
        talked=talked,
        short=view.status in CALLED_OFF,
    )


def summary_facts(view: SessionView, when: When, *, company: str = "") -> tuple[Fact, ...]:
    facts = [Fact("When", when.moment(view.started_at or view.created_at))]
    if view.minutes_used and view.status in CLOSED:
        facts.append(Fact("Time together", minutes_text(view.minutes_used)))
    facts += [
        Fact("Vehicle", view.vehicle or "Not given"),
        Fact("About", category_words(view.category)),
        Fact("Your words", view.concern),
    ]
    if view.receipt:
        facts.append(Fact("Receipt number", str(view.receipt)))
    if company:
        facts.append(Fact("Linked to", company))
    return tuple(facts)


def report_view(report: Report, when: When) -> ReportView:
    told = [
        ("Findings", report.findings),
        ("What was done", report.steps_taken),
        ("Next steps", report.next_steps),
        ("Parts needed", report.parts_needed),
    ]
    told += [(f"Added: {when.moment(each.written_at)}", each.text) for each in report.amendments]
    return ReportView(
        sections=tuple((heading, text) for heading, text in told if text),
        written=when.moment(report.written_at),
        pdf_url=f"/api/sessions/{report.session_id}/report.pdf",
    )


def _report_note(view: SessionView, report: Report | None) -> str:
    if report is not None or view.started_at is None or view.status not in CLOSED:
        return ""
    if refunded_in_full(view):
        return ""
    name = view.mechanic_name
    if view.report_included:
        return f"{name} writes the report now. It appears here as soon as it is done."
    if view.plan in WITH_SUMMARY:
        return f"{name} writes your summary now. It appears here as soon as it is done."
    return f"{name} can leave you a written summary; if so, it appears here."


def _stars(stars: int | None) -> str:
    if stars is None:
        return ""
    return "1 star of 5" if stars == 1 else f"{stars} stars of 5"
