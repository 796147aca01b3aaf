"""A file has one owner and one purpose, and nobody keeps more than they are allowed."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import permutations
from typing import Final

import attrs
import pytest

from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.garage.details import remove_customer_photo, set_customer_photo
from autodoctor.application.mechanics.documents import show_document
from autodoctor.application.mechanics.profile import set_photo
from autodoctor.application.operations.due import run_timers
from autodoctor.application.operations.failed_jobs import failed_jobs
from autodoctor.application.room.files import FilesClosed, announce, attach, upload
from autodoctor.domain.booking.files import MIB, TooManyFiles
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.room.file import (
    BYTES_PER_DAY,
    FILES_PER_DAY,
    File,
    UploadQuotaReached,
)
from autodoctor.domain.sessions.states import ENDED, SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, PlanSlug
from autodoctor.domain.vetting.document import DocumentKind
from autodoctor.ports.files import FileTooLarge
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer
from support.applicants import SCAN
from support.towns import Pair, live

ADMIN: Final = Actor(SYSTEM.account_id, Role.ADMIN)
DAY: Final = timedelta(days=1)


def announced(town: Town, who: Actor, *, size_bytes: int = len(SCAN)) -> File:
    return announce(
        town.ports,
        actor=who,
        name="brake.png",
        media_type="image/png",
        size_bytes=size_bytes,
        description="",
    )


def a_file(town: Town, who: Actor) -> FileId:
    file = announced(town, who)
    return upload(town.ports, actor=who, file_id=file.id, content=BytesIO(SCAN)).id


def there(town: Town, file_id: FileId) -> bool:
    with town.kept(SYSTEM) as tx:
        try:
            tx.files.get(file_id)
        except Missing:
            return False
    return True


def begin(town: Town, who: Actor, *file_ids: FileId, plan: str = "full-diagnostic") -> Intake:
    """A booking that needs no vehicle."""
    form = IntakeForm(
        plan=PlanSlug(plan), concern="It squeals.", urgent=True, file_ids=tuple(file_ids)
    )
    return start_intake(town.ports, actor=who, form=form)


Use = Callable[[Town, Pair, FileId], object]


def as_document(town: Town, pair: Pair, file_id: FileId) -> None:
    show_document(town.ports, actor=as_mechanic(pair), file_id=file_id, kind=DocumentKind.OTHER)


def as_mechanic(pair: Pair) -> Actor:
    return attrs.evolve(pair.customer, role=Role.MECHANIC)


USES: Final[dict[str, Use]] = {
    "document": as_document,
    "mechanic's photo": lambda town, pair, file_id: set_photo(
        town.ports, actor=as_mechanic(pair), file_id=file_id
    ),
    "customer's photo": lambda town, pair, file_id: set_customer_photo(
        town.ports, actor=pair.customer, file_id=file_id
    ),
    "session": lambda town, pair, file_id: attach(
        town.ports, actor=pair.customer, session_id=pair.session.id, file_id=file_id
    ),
}
"""By one person, who is a customer and a mechanic."""


@pytest.fixture
def pair(town: Town) -> Pair:
    """In the room; the customer is a mechanic, too."""
    pair = live(town)
    with town.kept(SYSTEM) as tx:
        tx.mechanics.add(Mechanic(id=as_mechanic(pair).mechanic_id, name="Casey Driver"))
    return pair


@pytest.mark.parametrize(("first", "second"), list(permutations(USES, 2)))
def test_a_file_that_is_used_for_one_thing_is_used_for_no_other(
    town: Town, pair: Pair, first: str, second: str
) -> None:
    file_id = a_file(town, pair.customer)
    USES[first](town, pair, file_id)

    with pytest.raises(InvalidField, match="used for something else"):
        USES[second](town, pair, file_id)


def test_photos_that_were_replaced_leave_no_timer_that_fails(town: Town, pair: Pair) -> None:
    """Each was tried as a document, too: the photo would have been deleted under it."""
    for _ in range(6):
        file_id = a_file(town, pair.customer)
        USES["mechanic's photo"](town, pair, file_id)
        with pytest.raises(InvalidField):
            as_document(town, pair, file_id)

    run_timers(town.ports)

    assert failed_jobs(town.ports, actor=ADMIN) == ()


def test_an_upload_that_is_used_for_nothing_is_deleted_after_a_day(town: Town) -> None:
    who = a_customer(town.ports)
    stored, only_announced = a_file(town, who), announced(town, who).id
    with town.kept(SYSTEM) as tx:
        key = tx.files.get(stored).storage_key

    town.clock.advance(DAY - timedelta(seconds=1))
    run_timers(town.ports)
    before = [there(town, each) for each in (stored, only_announced)]
    town.clock.advance(timedelta(seconds=1))
    run_timers(town.ports)

    assert before == [True, True]
    assert not there(town, stored)
    assert not there(town, only_announced)
    assert town.ports.storage.size(key) is None


@pytest.mark.parametrize("use", USES)
def test_one_that_is_used_stays(town: Town, pair: Pair, use: str) -> None:
    file_id = a_file(town, pair.customer)
    USES[use](town, pair, file_id)

    town.clock.advance(2 * DAY)
    run_timers(town.ports)

    assert there(town, file_id)


def test_one_that_was_discarded_cannot_be_used_again(town: Town) -> None:
    who = a_customer(town.ports)
    file_id = a_file(town, who)
    set_customer_photo(town.ports, actor=who, file_id=file_id)
    remove_customer_photo(town.ports, actor=who)
    with town.kept(SYSTEM) as tx:
        tx.files.save(tx.files.get(file_id).discard())

    with pytest.raises(InvalidField):
        set_customer_photo(town.ports, actor=who, file_id=file_id)


def test_the_files_of_a_booking_follow_the_one_that_is_paid(town: Town) -> None:
    who = a_customer(town.ports)
    file_id = a_file(town, who)
    begin(town, who, file_id)

    again = begin(town, who, file_id)

    with town.kept(SYSTEM) as tx:
        assert [each.id for each in tx.files.of_intake(again.id)] == [file_id]


@pytest.mark.parametrize(
    ("plan", "allowed"), [("free", 0), ("quick-advice", 1), ("full-diagnostic", 5)]
)
def test_a_booking_carries_what_its_plan_allows_and_not_one_more(
    town: Town, plan: str, allowed: int
) -> None:
    who = a_customer(town.ports)
    files = [a_file(town, who) for _ in range(allowed + 1)]

    with pytest.raises(TooManyFiles) as refused:
        begin(town, who, *files, plan=plan)

    assert refused.value.allowed == allowed
    assert len(begin(town, who, *files[:allowed], plan=plan).file_ids) == allowed


def test_a_booking_whose_file_is_gone_says_so(town: Town) -> None:
    who = a_customer(town.ports)
    file_id = a_file(town, who)
    town.clock.advance(DAY)
    run_timers(town.ports)

    with pytest.raises(InvalidField, match="Upload each file first"):
        begin(town, who, file_id)


def test_the_plans_allowance_counts_booking_and_room_together(town: Town) -> None:
    pair = live(town)
    for _ in range(5):
        USES["session"](town, pair, a_file(town, pair.customer))

    with pytest.raises(TooManyFiles):
        USES["session"](town, pair, a_file(town, pair.customer))

    theirs = a_file(town, pair.mechanic)
    attach(town.ports, actor=pair.mechanic, session_id=pair.session.id, file_id=theirs)


@pytest.mark.parametrize("status", sorted(ENDED))
def test_a_session_that_has_ended_takes_no_files(
    town: Town, pair: Pair, status: SessionStatus
) -> None:
    file_id = a_file(town, pair.customer)
    with town.kept(SYSTEM) as tx:
        tx.sessions.save(attrs.evolve(tx.sessions.get(pair.session.id), status=status))

    with pytest.raises(FilesClosed):
        USES["session"](town, pair, file_id)


def test_a_person_uploads_so_many_files_a_day_and_goes_on_the_next(town: Town) -> None:
    who = a_customer(town.ports)
    for _ in range(FILES_PER_DAY):
        announced(town, who)

    with pytest.raises(UploadQuotaReached):
        announced(town, who)

    announced(town, a_customer(town.ports))
    town.clock.advance(DAY)
    announced(town, who)


def test_a_person_uploads_so_many_bytes_a_day(town: Town) -> None:
    who, size = a_customer(town.ports), 10 * MIB
    for _ in range(BYTES_PER_DAY // size):
        announced(town, who, size_bytes=size)

    with pytest.raises(UploadQuotaReached):
        announced(town, who, size_bytes=size)


def test_no_more_is_taken_than_was_announced(town: Town) -> None:
    who = a_customer(town.ports)
    file = announced(town, who, size_bytes=len(SCAN) - 1)

    with pytest.raises(FileTooLarge):
        upload(town.ports, actor=who, file_id=file.id, content=BytesIO(SCAN))
