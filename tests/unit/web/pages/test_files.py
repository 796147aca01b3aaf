from io import BytesIO

import attrs
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from autodoctor.application.room.files import check_file_name
from autodoctor.domain.booking.files import EXTENSIONS, FileKind
from autodoctor.domain.room.file import File
from autodoctor.entrypoints.web.pages.file_views import attachment, size_text
from autodoctor.entrypoints.web.pages.files import name_of, served
from support.seen import FILE, ID


@pytest.fixture
def within_a_request() -> object:
    with Flask(__name__).test_request_context("/") as context:
        yield context


@pytest.mark.parametrize(
    ("name", "media_type", "saved_as"),
    [
        ("wheel.jpg", "image/jpeg", "wheel.jpg"),
        ("wheel.JPEG", "image/jpeg", "wheel.JPEG"),
        ("wheel", "image/jpeg", "wheel.jpg"),
        ("page.html", "application/pdf", "page.html.pdf"),
        ("run.exe", "image/png", "run.exe.png"),
    ],
)
def test_a_file_is_saved_under_an_ending_that_says_what_it_is(
    name: str, media_type: str, saved_as: str
) -> None:
    assert name_of(attrs.evolve(FILE, name=name, media_type=media_type)) == saved_as


@given(name=st.text(min_size=1), media_type=st.sampled_from(sorted(EXTENSIONS)))
def test_no_name_hides_what_a_file_is(name: str, media_type: str) -> None:
    saved_as = name_of(attrs.evolve(FILE, name=name, media_type=media_type)).lower()

    endings = (EXTENSIONS[media_type], "jpeg") if media_type == "image/jpeg" else ()
    assert saved_as.endswith(tuple(f".{each}" for each in endings or (EXTENSIONS[media_type],)))


@pytest.mark.usefixtures("within_a_request")
@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        (FileKind.IMAGE, "image/jpeg"),
        (FileKind.DOCUMENT, "application/pdf"),
        (FileKind.VIDEO, "video/mp4"),
    ],
)
def test_every_file_is_handed_out_to_be_saved(kind: FileKind, media_type: str) -> None:
    file = attrs.evolve(FILE, kind=kind, media_type=media_type, size_bytes=3)

    answer = served(file, BytesIO(b"abc"))

    assert answer.headers["Content-Disposition"].split(";")[0] == "attachment"
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Length"] == "3"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.usefixtures("within_a_request")
def test_a_name_stays_one_name() -> None:
    sly = check_file_name('a"; filename="b.html\r\nX-Evil: 1.jpg')

    answer = served(attrs.evolve(FILE, name=sly), BytesIO(b""))

    _, told = parse_options_header(answer.headers["Content-Disposition"])
    assert told == {"filename": 'a"; filename="b.htmlX-Evil: 1.jpg'}


@pytest.mark.parametrize(
    ("size_bytes", "told"), [(1, "1 KB"), (49_152, "48 KB"), (1_887_437, "1.8 MB")]
)
def test_sizes_are_told_in_round_figures(size_bytes: int, told: str) -> None:
    assert size_text(size_bytes) == told


def test_a_picture_is_its_own_thumbnail_and_a_document_has_none() -> None:
    document: File = attrs.evolve(FILE, kind=FileKind.DOCUMENT)

    assert attachment(FILE, session_id=ID).thumbnail_url == f"/session/{ID}/files/{FILE.id}"
    assert attachment(document, session_id=ID).thumbnail_url == ""
