"""One mechanic's application: what they tell, beside the documents that show it."""

from typing import Final

import attrs

from autodoctor.application.vetting.applications import Applicant, Paper
from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.mechanics.particulars import Certification
from autodoctor.domain.mechanics.trade import LANGUAGES
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.domain.vetting.application import OPEN
from autodoctor.domain.vetting.application import ApplicationStatus as S
from autodoctor.domain.vetting.document import DocumentKind, DocumentStatus
from autodoctor.entrypoints.web.pages.application_list import PATH, STATES
from autodoctor.entrypoints.web.pages.deeds import Happened, happened
from autodoctor.entrypoints.web.pages.file_views import size_text
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.entrypoints.web.parts import Fact
from autodoctor.entrypoints.web.views import Tone

KINDS: Final = {
    DocumentKind.RED_SEAL: "Red Seal certificate",
    DocumentKind.CERTIFICATION: "Certification",
    DocumentKind.LICENCE: "Licence",
    DocumentKind.INSURANCE: "Insurance",
    DocumentKind.BACKGROUND_CHECK: "Background check",
    DocumentKind.IDENTITY: "Identity",
    DocumentKind.REGISTRATION: "Registration",
    DocumentKind.OTHER: "Something else",
}
PAPER_STATES: Final = {
    DocumentStatus.PENDING: ("To look at", Tone.WARN),
    DocumentStatus.APPROVED: ("Accepted", Tone.OK),
    DocumentStatus.REJECTED: ("Rejected", Tone.BAD),
}
DECIDABLE: Final = (S.SUBMITTED, S.UNDER_REVIEW)


@attrs.frozen(kw_only=True)
class PaperView:
    """`picture_url` is empty for what is not a picture."""

    id: str
    title: str
    state: str
    tone: Tone
    facts: tuple[Fact, ...]
    name: str
    url: str
    picture_url: str
    pending: bool
    last_day: str


@attrs.frozen(kw_only=True)
class ApplicationDetail:
    """`path` is where the decisions are posted, below it; what cannot be done now is False."""

    path: str
    person_url: str
    title: str
    state: str
    tone: Tone
    lead: str
    facts: tuple[Fact, ...]
    certifications: tuple[Fact, ...]
    bio: str
    question: str
    answer: str
    reason: str
    papers: tuple[PaperView, ...]
    papers_pending: bool
    deeds: tuple[Happened, ...]
    may_begin: bool
    may_decide: bool
    may_reject: bool


def detail_view(found: Applicant, when: When) -> ApplicationDetail:
    application, (state, tone) = found.application, STATES[found.application.status]
    path = f"{PATH}/{application.subject_id}"
    return ApplicationDetail(
        path=path,
        person_url=f"/admin/users/{found.account.id}",
        title=found.mechanic.name,
        state=state,
        tone=tone,
        lead=_lead(found, when),
        facts=_facts(found, when),
        certifications=tuple(map(_certification, found.particulars.certifications)),
        bio=found.mechanic.bio,
        question=application.question,
        answer=application.answer,
        reason=application.reason,
        papers=tuple(_paper(each, found.mechanic.id, when) for each in found.papers),
        papers_pending=any(p.document.status is DocumentStatus.PENDING for p in found.papers),
        deeds=tuple(happened(each, when) for each in found.deeds),
        may_begin=application.status is S.SUBMITTED,
        may_decide=application.status in DECIDABLE,
        may_reject=application.status in OPEN,
    )


def _lead(found: Applicant, when: When) -> str:
    application = found.application
    if application.decided_at is not None:
        return f"Decided {when.ago(application.decided_at)}."
    if application.submitted_at is None:
        return "Begun, and not handed in yet."
    return f"Handed in {when.ago(application.submitted_at)}."


def _facts(found: Applicant, when: When) -> tuple[Fact, ...]:
    account, mechanic, told = found.account, found.mechanic, found.particulars
    address = ", ".join(filter(None, (told.street, mechanic.city, told.province, told.postal_code)))
    insured = f"{told.insurance_number}, good through {told.insurance_expires_on}"
    agreed = told.background_check_agreed_at
    lines = (
        ("Email", account.email.text + ("" if account.verified else " (not confirmed)")),
        ("Phone", account.phone),
        ("Address", address),
        ("Born", str(told.date_of_birth or "")),
        ("Experience", f"{mechanic.years_of_experience} years"),
        ("Red Seal", told.red_seal_number),
        ("Specializations", ", ".join(mechanic.specializations)),
        ("Brands", ", ".join(sorted(mechanic.brands))),
        ("Keywords", ", ".join(sorted(mechanic.keywords))),
        ("Languages", ", ".join(LANGUAGES.get(code, code) for code in told.languages)),
        ("Insurance", insured if told.insurance_number else ""),
        ("Background check", f"Agreed to, {when.within(agreed)}" if agreed else ""),
        ("Profile", f"{mechanic.profile_completion} % complete"),
    )
    return tuple(Fact(label, value or "Not told") for label, value in lines)


def _certification(each: Certification) -> Fact:
    good = f", good through {each.expires_on}" if each.expires_on else ""
    return Fact(each.type, f"{each.number}, {each.authority}, {each.region}{good}")


def _paper(paper: Paper, mechanic_id: MechanicId, when: When) -> PaperView:
    document, file = paper.document, paper.file
    state, tone = PAPER_STATES[document.status]
    url = f"{PATH}/{mechanic_id}/papers/{document.id}"
    lines = (
        ("Number", document.number),
        ("Good through", str(document.expires_on or "")),
        ("Sent", when.moment(document.uploaded_at)),
        ("Rejected because", document.reason),
    )
    return PaperView(
        id=str(document.id),
        title=KINDS[document.kind],
        state=state,
        tone=tone,
        facts=tuple(Fact(label, value) for label, value in lines if value),
        name=f"{file.name} ({size_text(file.size_bytes)})",
        url=url,
        picture_url=url if file.kind == FileKind.IMAGE else "",
        pending=document.status is DocumentStatus.PENDING,
        last_day=str(document.expires_on or ""),
    )
