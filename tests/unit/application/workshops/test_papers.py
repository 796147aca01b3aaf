"""The papers of a workshop: shown by its staff, seen by ours."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from autodoctor.application.access.may import SeatTooLow
from autodoctor.application.room.files import announce, upload
from autodoctor.application.vetting.papers import paper_file, papers_of
from autodoctor.application.workshops.papers import papers, show_paper
from autodoctor.domain.shared.actor import Actor, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import DocumentId, FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import memory_ports
from support.workshops import ADMIN, applicant, own, with_seat


def picture() -> bytes:
    sheet = BytesIO()
    Image.new("RGB", (40, 60), "white").save(sheet, "PNG")
    return sheet.getvalue()


SCAN = picture()


@pytest.fixture
def ports() -> Ports:
    return memory_ports()


def announced(ports: Ports, actor: Actor) -> FileId:
    return announce(
        ports,
        actor=actor,
        name="registration.png",
        media_type="image/png",
        size_bytes=len(SCAN),
        description="",
    ).id


def uploaded(ports: Ports, actor: Actor) -> FileId:
    return upload(ports, actor=actor, file_id=announced(ports, actor), content=BytesIO(SCAN)).id


def test_a_paper_is_shown_once_and_our_staff_open_it(ports: Ports) -> None:
    boss = applicant(ports)
    file_id = uploaded(ports, boss)

    document = show_paper(ports, actor=boss, file_id=file_id)
    again = show_paper(ports, actor=boss, file_id=file_id)

    assert again == document
    assert papers(ports, actor=boss) == (document,)
    assert papers_of(ports, actor=ADMIN, subject_id=own(boss)) == (document,)
    kept = paper_file(ports, actor=ADMIN, subject_id=own(boss), document_id=document.id)
    assert kept.id == file_id


def test_somebody_elses_papers_are_not_there(ports: Ports) -> None:
    boss, other = applicant(ports), applicant(ports)
    document = show_paper(ports, actor=boss, file_id=uploaded(ports, boss))

    with pytest.raises(Missing):
        show_paper(ports, actor=other, file_id=document.file_id)
    with pytest.raises(Missing):
        paper_file(ports, actor=ADMIN, subject_id=own(other), document_id=document.id)
    with pytest.raises(Missing):
        paper_file(ports, actor=ADMIN, subject_id=own(boss), document_id=DocumentId(uuid4()))
    assert papers(ports, actor=other) == ()


def test_a_file_that_never_came_and_a_low_seat_are_refused(ports: Ports) -> None:
    boss = applicant(ports)

    with pytest.raises(InvalidField):
        show_paper(ports, actor=boss, file_id=announced(ports, boss))
    with pytest.raises(SeatTooLow):
        papers(ports, actor=with_seat(ports, boss, Seat.VIEWER))
