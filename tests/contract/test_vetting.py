"""Applications, documents and the audit log, as they are kept."""

from datetime import date
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId, DeedId
from autodoctor.domain.vetting.document import Document, DocumentStatus
from autodoctor.ports.audit import Deed
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transaction, Transactions
from support.scenery import AT
from support.vetting import DAY, new_application, new_document

STAFF = AccountId(uuid4())


def test_an_application_comes_back_through_every_step(kept: Transactions) -> None:
    draft = new_application(kept)
    with kept(SYSTEM) as tx:
        tx.applications.add(draft)
        submitted = tx.applications.save(draft.submit(at=AT)[0])
        asked = tx.applications.save(submitted.ask("Which licence?")[0])
        told = tx.applications.save(asked.tell("310T", at=AT + DAY)[0])
        done = tx.applications.save(told.approve(by=STAFF, at=AT + 2 * DAY)[0])

    with kept(SYSTEM) as tx:
        assert tx.applications.get(draft.id) == done
        assert tx.applications.of_subject(draft.subject_id) == done
        assert tx.applications.of_subject(uuid4()) is None


def test_a_subject_has_one_application(kept: Transactions) -> None:
    first = new_application(kept)
    second = new_application(kept, subject_id=first.subject_id)
    with kept(SYSTEM) as tx:
        tx.applications.add(first)

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.applications.add(second)


def approved(document: Document) -> Document:
    return document.approve(by=STAFF, at=AT)[0]


def test_documents_are_listed_newest_first_and_go_when_they_are_removed(
    kept: Transactions,
) -> None:
    old = new_document(kept)
    new = new_document(kept, subject_id=old.subject_id, uploaded_at=AT + DAY)
    with kept(SYSTEM) as tx:
        tx.submitted_documents.add(old)
        tx.submitted_documents.add(new)

    with kept(SYSTEM) as tx:
        assert tx.submitted_documents.of_subject(old.subject_id) == (new, old)
        tx.submitted_documents.remove(old.id)
        tx.submitted_documents.remove(old.id)

    with kept(SYSTEM) as tx:
        assert tx.submitted_documents.of_subject(old.subject_id) == (new,)
        with pytest.raises(Missing):
            tx.submitted_documents.get(old.id)


def test_approved_documents_are_found_on_their_last_day(kept: Transactions) -> None:
    day = date(2031, 5, 17)
    pending = new_document(kept, expires_on=day)
    later = new_document(kept, expires_on=day + DAY)
    due = new_document(kept, expires_on=day)
    with kept(SYSTEM) as tx:
        for each in (pending, later, due):
            tx.submitted_documents.add(each)
        tx.submitted_documents.save(approved(later))
        saved = tx.submitted_documents.save(approved(due))

    with kept(SYSTEM) as tx:
        assert tx.submitted_documents.expiring(on=day) == (saved,)
        assert saved.status is DocumentStatus.APPROVED


def a_deed(**changes: object) -> Deed:
    deed = Deed(
        id=DeedId(uuid4()),
        at=AT,
        actor_id=STAFF,
        actor_role=Role.ADMIN,
        action="suspend",
        subject_kind="account",
        subject_id=uuid4(),
        reason="Three complaints in a week.",
        facts={"days": 7},
    )
    return attrs.evolve(deed, **changes)  # type: ignore[arg-type]


def test_deeds_are_told_newest_first(kept: Transactions) -> None:
    first = a_deed()
    second = a_deed(subject_id=first.subject_id, at=AT + DAY)
    with kept(SYSTEM) as tx:
        tx.audit.record(first)
        tx.audit.record(a_deed())
        tx.audit.record(second)

    with kept(SYSTEM) as tx:
        assert tx.audit.of_subject(first.subject_id, most=9) == (second, first)
        assert tx.audit.of_subject(first.subject_id, most=1) == (second,)
        assert tx.audit.all(most=1) == (second,)
        assert second not in tx.audit.all(before=AT + DAY, most=99)


def record_and_fail(tx: Transaction, deed: Deed) -> None:
    tx.audit.record(deed)
    raise Missing("account")


def test_a_deed_goes_with_what_was_undone(kept: Transactions) -> None:
    deed = a_deed()

    with pytest.raises(Missing), kept(SYSTEM) as tx:
        record_and_fail(tx, deed)

    with kept(SYSTEM) as tx:
        assert tx.audit.of_subject(deed.subject_id, most=9) == ()
