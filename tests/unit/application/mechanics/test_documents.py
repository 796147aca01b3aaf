"""A mechanic's documents: shown, looked at, counted, and told of before they expire."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import attrs
import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.accounts.closing import close_account
from autodoctor.application.accounts.sign_in import look, open_login
from autodoctor.application.mechanics.documents import (
    documents,
    own_file,
    show_document,
    withdraw_document,
)
from autodoctor.application.mechanics.papers import documents_shown, review_document
from autodoctor.application.mechanics.profile import set_photo
from autodoctor.application.operations.due import run_timers
from autodoctor.application.room.files import announce, upload
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, FileId
from autodoctor.domain.vetting.document import (
    Document,
    DocumentKind,
    DocumentOnFile,
    DocumentReviewedAlready,
    DocumentStatus,
)
from autodoctor.ports.operations import Mail
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_mechanic, deliver_all, memory_town
from support.applicants import PASSWORD, SCAN, an_approved_one

STAFF = Actor(AccountId(uuid4()), Role.ADMIN)
DAY = timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def wrench(town: Town) -> Actor:
    return a_mechanic(town.ports)


def uploaded(town: Town, owner: Actor, *, size: int | None = None) -> FileId:
    file = announce(
        town.ports,
        actor=owner,
        name="papers.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    )
    stored = upload(town.ports, actor=owner, file_id=file.id, content=BytesIO(SCAN))
    if size is not None:
        with town.kept(SYSTEM) as tx:
            tx.files.save(attrs.evolve(stored, size_bytes=size))
    return file.id


def shown(
    town: Town,
    owner: Actor,
    kind: DocumentKind = DocumentKind.INSURANCE,
    *,
    days: int | None = 365,
) -> Document:
    last = None if days is None else town.clock.now().date() + days * DAY
    file_id = uploaded(town, owner)
    return show_document(town.ports, actor=owner, file_id=file_id, kind=kind, expires_on=last)


def approved(town: Town, document: Document) -> Document:
    return review_document(town.ports, actor=STAFF, document_id=document.id, approved=True)


def papers(town: Town, owner: Actor) -> date | None:
    with town.kept(SYSTEM) as tx:
        return tx.mechanics.get(owner.mechanic_id).papers_expire_on


def mails(town: Town) -> list[Mail]:
    deliver_all(town)
    at, found = town.clock.now(), []
    with town.kept(SYSTEM) as tx:
        while (outgoing := tx.mails.claim(at=at, lease=at + DAY)) is not None:
            tx.mails.sent(outgoing.mail.id, at=at)
            found.append(outgoing.mail)
    return found


def subjects(town: Town) -> list[str]:
    return [mail.subject for mail in mails(town)]


def test_an_uploaded_file_becomes_a_document_once(town: Town, wrench: Actor) -> None:
    file_id = uploaded(town, wrench)

    first, again = (
        show_document(town.ports, actor=wrench, file_id=file_id, kind=DocumentKind.IDENTITY)
        for _ in range(2)
    )

    assert first == again
    [mine] = documents(town.ports, actor=wrench)
    assert (mine.document.status, mine.file.name) == (DocumentStatus.PENDING, "papers.png")


def test_a_paper_needs_a_last_day_that_is_ahead(town: Town, wrench: Actor) -> None:
    for days in (None, -1):
        with pytest.raises(InvalidField) as refused:
            shown(town, wrench, days=days)
        assert refused.value.field == "expires_on"
    assert shown(town, wrench, days=0).expires_on == town.clock.now().date()


def test_a_file_that_is_not_there_or_too_large_is_refused(town: Town, wrench: Actor) -> None:
    large = uploaded(town, wrench, size=10 * 1024 * 1024 + 1)
    announced = announce(
        town.ports,
        actor=wrench,
        name="a.png",
        media_type="image/png",
        size_bytes=10,
        description="",
    ).id

    for file_id in (large, announced):
        with pytest.raises(InvalidField):
            show_document(town.ports, actor=wrench, file_id=file_id, kind=DocumentKind.IDENTITY)
    assert documents(town.ports, actor=wrench) == ()


def test_what_is_somebody_elses_is_not_there(town: Town, wrench: Actor) -> None:
    document, other = shown(town, wrench), a_mechanic(town.ports)

    assert documents(town.ports, actor=other) == ()
    with pytest.raises(Missing):
        own_file(town.ports, actor=other, document_id=document.id)
    with pytest.raises(Missing):
        withdraw_document(town.ports, actor=other, document_id=document.id)
    with pytest.raises(Missing):
        show_document(town.ports, actor=other, file_id=document.file_id, kind=DocumentKind.OTHER)


def test_only_staff_review(town: Town, wrench: Actor) -> None:
    document = shown(town, wrench)

    with pytest.raises(WrongRole):
        review_document(town.ports, actor=wrench, document_id=document.id, approved=True)
    with pytest.raises(WrongRole):
        documents_shown(town.ports, actor=wrench, most=10)


def test_a_document_that_is_taken_back_goes_with_its_file(town: Town, wrench: Actor) -> None:
    document = shown(town, wrench)
    key = own_file(town.ports, actor=wrench, document_id=document.id).storage_key

    withdraw_document(town.ports, actor=wrench, document_id=document.id)
    assert town.ports.storage.size(key) is not None, "the worker throws it away"
    run_timers(town.ports)

    assert town.ports.storage.size(key) is None
    with town.kept(SYSTEM) as tx, pytest.raises(Missing):
        tx.files.get(document.file_id)


def test_an_approved_document_stays_on_file(town: Town, wrench: Actor) -> None:
    document = approved(town, shown(town, wrench))

    with pytest.raises(DocumentOnFile):
        withdraw_document(town.ports, actor=wrench, document_id=document.id)


def test_a_rejection_is_mailed_with_its_reason_and_written_down(town: Town, wrench: Actor) -> None:
    document = shown(town, wrench)
    with pytest.raises(InvalidField):
        review_document(town.ports, actor=STAFF, document_id=document.id, approved=False)

    for _ in range(2):
        review_document(
            town.ports, actor=STAFF, document_id=document.id, approved=False, reason="Blurred."
        )
    with pytest.raises(DocumentReviewedAlready):
        approved(town, document)

    [mail] = mails(town)
    assert mail.subject == "We could not accept your liability insurance"
    assert "Blurred." in mail.text
    assert "Blurred." in mail.html
    with town.kept(SYSTEM) as tx:
        [deed] = tx.audit.of_subject(wrench.mechanic_id, most=9)
    assert (deed.action, deed.reason) == ("reject document", "Blurred.")


def test_the_first_last_day_of_the_papers_counts(town: Town, wrench: Actor) -> None:
    today = town.clock.now().date()
    assert papers(town, wrench) is None

    approved(town, shown(town, wrench, DocumentKind.LICENCE, days=400))
    assert papers(town, wrench) == today + 400 * DAY
    approved(town, shown(town, wrench, DocumentKind.INSURANCE, days=20))
    assert papers(town, wrench) == today + 20 * DAY
    approved(town, shown(town, wrench, DocumentKind.INSURANCE, days=300))
    assert papers(town, wrench) == today + 300 * DAY
    approved(town, shown(town, wrench, DocumentKind.CERTIFICATION, days=5))
    assert papers(town, wrench) == today + 300 * DAY, "only papers count"


def test_staff_put_right_the_last_day(town: Town, wrench: Actor) -> None:
    document, day = shown(town, wrench, days=900), town.clock.now().date() + 90 * DAY

    review_document(town.ports, actor=STAFF, document_id=document.id, approved=True, expires_on=day)

    assert papers(town, wrench) == day


def test_an_approved_red_seal_counts_from_then_on(town: Town, wrench: Actor) -> None:
    approved(town, shown(town, wrench, DocumentKind.RED_SEAL, days=None))

    with town.kept(SYSTEM) as tx:
        assert tx.mechanics.get(wrench.mechanic_id).red_seal


def test_a_paper_that_expires_is_told_three_times_each_once(town: Town, wrench: Actor) -> None:
    approved(town, shown(town, wrench, days=40))
    subjects(town)
    told: dict[int, list[str]] = {}

    for day in range(1, 46):
        town.clock.advance(DAY)
        run_timers(town.ports)
        run_timers(town.ports)
        if found := subjects(town):
            told[day] = found

    assert told == {
        11: ["Your liability insurance expires on 11 April 2026"],
        34: ["Your liability insurance expires on 11 April 2026"],
        41: ["Your liability insurance expires today"],
    }


def news(town: Town, reader: Actor) -> list[str]:
    """What the app shows, newest first."""
    deliver_all(town)
    with town.kept(SYSTEM) as tx:
        return [each.title for each in tx.notifications.of(reader.account_id, most=50)]


def test_an_approved_document_ends_the_news_of_those_before_it(town: Town, wrench: Actor) -> None:
    approved(town, shown(town, wrench, days=31))
    town.clock.advance(2 * DAY)
    run_timers(town.ports)
    blurred = shown(town, wrench)
    review_document(
        town.ports, actor=STAFF, document_id=blurred.id, approved=False, reason="Blurred."
    )
    asked = [each for each in news(town, wrench) if not each.endswith("is approved")]

    approved(town, shown(town, wrench))

    assert sorted(asked) == [
        "We could not accept your liability insurance",
        "Your liability insurance expires on 2 April 2026",
    ]
    assert not set(asked) & set(news(town, wrench))
    assert not set(asked) & set(subjects(town)), "nor is it mailed any more"


def test_an_approved_document_of_another_kind_leaves_them(town: Town, wrench: Actor) -> None:
    blurred = shown(town, wrench)
    review_document(
        town.ports, actor=STAFF, document_id=blurred.id, approved=False, reason="Blurred."
    )

    approved(town, shown(town, wrench, DocumentKind.LICENCE))

    assert "We could not accept your liability insurance" in news(town, wrench)


def test_a_replaced_paper_is_not_told_of(town: Town, wrench: Actor) -> None:
    approved(town, shown(town, wrench, days=40))
    approved(town, shown(town, wrench, days=400))
    subjects(town)

    for _ in range(45):
        town.clock.advance(DAY)
        run_timers(town.ports)

    assert subjects(town) == []


def test_a_warning_that_comes_too_late_is_left_to_the_next(town: Town, wrench: Actor) -> None:
    approved(town, shown(town, wrench, days=40))
    subjects(town)

    town.clock.advance(35 * DAY)
    run_timers(town.ports)

    assert len(subjects(town)) == 1, "the week's warning, and not the month's"


def test_staff_see_documents_by_state_newest_first(town: Town, wrench: Actor) -> None:
    first = shown(town, wrench)
    town.clock.advance(DAY)
    second = shown(town, wrench)
    approved(town, first)

    everything = documents_shown(town.ports, actor=STAFF, most=10)
    waiting = documents_shown(town.ports, actor=STAFF, status=DocumentStatus.PENDING, most=10)

    assert [each.id for each in everything] == [second.id, first.id]
    assert [each.id for each in waiting] == [second.id]
    assert everything[0].mechanic_name == "Morgan Wrench"
    with pytest.raises(InvalidField):
        documents_shown(town.ports, actor=STAFF, most=201)


def test_who_leaves_takes_papers_and_photo_along(town: Town) -> None:
    actor = an_approved_one(town.ports, staff=STAFF)
    document, photo = approved(town, shown(town, actor)), uploaded(town, actor)
    set_photo(town.ports, actor=actor, file_id=photo)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    login = open_login(town.ports, account, role=Role.MECHANIC, address="127.0.0.1", agent="tests")
    present = look(town.ports, token=login.token)
    assert present is not None

    close_account(town.ports, present=present, password=PASSWORD)
    run_timers(town.ports)

    with town.kept(SYSTEM) as tx:
        assert tx.submitted_documents.of_subject(actor.mechanic_id) == ()
        assert tx.particulars.get(actor.mechanic_id).insurance_number == ""
        for file_id in (document.file_id, photo):
            with pytest.raises(Missing):
                tx.files.get(file_id)
