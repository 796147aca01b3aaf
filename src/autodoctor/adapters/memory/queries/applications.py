"""Applications as staff list them, over what was committed in memory."""

from collections import Counter
from collections.abc import Mapping

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.vetting.application import Application, ApplicationKind, ApplicationStatus
from autodoctor.domain.vetting.document import DocumentStatus
from autodoctor.ports.people_queries import ApplicationFilter, ApplicationView


def _view(tables: Tables, each: Application) -> ApplicationView:
    person = tables.accounts[each.applicant_id]
    subject = tables.workshops.get(each.subject_id) or tables.mechanics.get(each.subject_id)
    papers = [p.status for p in tables.documents.values() if p.subject_id == each.subject_id]
    return ApplicationView(
        id=each.id,
        kind=each.kind,
        subject_id=each.subject_id,
        applicant_id=each.applicant_id,
        name=subject.name if subject else person.name,
        email=person.email.text,
        city=subject.city if subject else "",
        status=each.status,
        created_at=each.created_at,
        submitted_at=each.submitted_at,
        decided_at=each.decided_at,
        papers=len(papers),
        papers_pending=papers.count(DocumentStatus.PENDING),
    )


def _fits(view: ApplicationView, which: ApplicationFilter) -> bool:
    return (
        view.kind is which.kind
        and (not which.statuses or view.status in which.statuses)
        and any(which.text.lower() in text.lower() for text in (view.name, view.email))
    )


@attrs.frozen
class MemoryApplicationQueries:
    _kept: MemoryTransactions

    def some(self, which: ApplicationFilter, /) -> tuple[ApplicationView, ...]:
        ordered = sorted(self._all(which), key=lambda v: (v.submitted_at or v.created_at, v.id))
        return tuple(ordered[which.skip : which.skip + which.most])

    def by_status(self, kind: ApplicationKind, /) -> Mapping[ApplicationStatus, int]:
        kept = self._kept.tables.applications.values()
        return Counter(each.status for each in kept if each.kind is kind)

    def count(self, which: ApplicationFilter, /) -> int:
        return len(self._all(which))

    def _all(self, which: ApplicationFilter) -> list[ApplicationView]:
        tables = self._kept.tables
        views = (_view(tables, each) for each in tables.applications.values())
        return [view for view in views if _fits(view, which)]
