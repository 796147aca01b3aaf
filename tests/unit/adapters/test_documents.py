from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from autodoctor.adapters.documents.typst import TypstDocuments
from autodoctor.adapters.storage.inspect import ContentInspector
from autodoctor.ports.documents import ReportDocument

DOCUMENTS = TypstDocuments()
HELD_AT = datetime(2026, 3, 12, 14, 5, tzinfo=ZoneInfo("America/Toronto"))
REPORT = ReportDocument(
    reference="0190F3A2",
    customer="Sam Okafor",
    mechanic="Maya Tremblay",
    vehicle="2018 Honda Civic",
    plan="Full Diagnostic",
    concern="Grinding noise when braking.",
    minutes=52,
    held_at=HELD_AT,
    findings="The pad is worn to the metal.\nThe disc is scored.\n\nThe others are even.",
    steps_taken="Photos of both wheels.",
    next_steps="Replace pads and discs.",
    parts_needed="Front pads, 2 discs",
    amendments=((HELD_AT + timedelta(days=1), "The least thickness is 21 mm."),),
)
MARKUP = """#set text(fill: red) #panic("no") #read("/etc/passwd") #import "x.typ": * [ ] { }
= no heading $x^2$ *not bold* _nor slanted_ `code` @nobody <label> // no comment \\
- no list ~ -- "quoted" #sys.inputs.report </p> & \\u{41}"""


def pages(report: ReportDocument) -> list[str]:
    reader = PdfReader(BytesIO(DOCUMENTS.report(report)), strict=True)
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_a_session_is_held_at_whatever_fraction_of_a_second() -> None:
    report = attrs.evolve(REPORT, held_at=HELD_AT.replace(microsecond=123_456), amendments=())

    assert DOCUMENTS.report(report) == DOCUMENTS.report(attrs.evolve(REPORT, amendments=()))


def test_the_report_tells_everything_that_was_written() -> None:
    (page,) = pages(REPORT)

    for text in (
        "autodoctor",
        "Diagnostic report",
        "0190F3A2",
        "Sam Okafor",
        "Maya Tremblay",
        "2018 Honda Civic",
        "Full Diagnostic, 52 minutes",
        "Grinding noise when braking.",
        "The pad is worn to the metal. The disc is scored.",
        "The others are even.",
        "Photos of both wheels.",
        "Replace pads and discs.",
        "Front pads, 2 discs",
        "The least thickness is 21 mm.",
    ):
        assert text in page


def test_times_are_told_in_the_zone_they_came_in() -> None:
    (page,) = pages(REPORT)

    assert "12 March 2026 at 14:05 EDT" in page
    assert "Added 13 March 2026 at 14:05 EDT" in page


def test_every_page_has_its_number_and_says_that_this_is_remote_advice() -> None:
    found = pages(attrs.evolve(REPORT, findings="A line of findings.\n\n" * 150))

    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert "advice given at a distance" in page


def test_its_metadata_name_the_report_and_its_author() -> None:
    reader = PdfReader(BytesIO(DOCUMENTS.report(REPORT)))

    assert reader.metadata is not None
    assert reader.metadata.title == "Diagnostic report 0190F3A2"
    assert reader.metadata.author == "Maya Tremblay"
    assert reader.metadata.creation_date == HELD_AT + timedelta(days=1)


def test_what_was_not_written_has_no_heading() -> None:
    (page,) = pages(attrs.evolve(REPORT, parts_needed=" \n ", amendments=()))

    assert "Parts needed" not in page
    assert "Amendments" not in page


def test_one_minute_is_one() -> None:
    (page,) = pages(attrs.evolve(REPORT, minutes=1))

    assert "1 minute Held" in page


@pytest.mark.parametrize(
    "field",
    ["reference", "customer", "mechanic", "vehicle", "plan", "concern", "findings", "next_steps"],
)
def test_markup_in_any_field_is_printed_and_not_obeyed(field: str) -> None:
    found = "".join(pages(attrs.evolve(REPORT, **{field: MARKUP})))

    assert squeezed(MARKUP) in squeezed(found)


def test_markup_in_an_amendment_is_printed_and_not_obeyed() -> None:
    found = "".join(pages(attrs.evolve(REPORT, amendments=((HELD_AT, MARKUP),))))

    assert squeezed(MARKUP) in squeezed(found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_makes_a_document(text: str) -> None:
    document = DOCUMENTS.report(
        attrs.evolve(REPORT, customer=text, findings=text, amendments=((HELD_AT, text),))
    )

    assert document.startswith(b"%PDF-")


def test_a_word_longer_than_a_line_stays_on_the_page() -> None:
    word = "https://example.com/" + "0123456789" * 30

    found = "".join(pages(attrs.evolve(REPORT, findings=word)))

    assert squeezed(word) in squeezed(found)


def test_the_same_report_is_the_same_document() -> None:
    assert DOCUMENTS.report(REPORT) == DOCUMENTS.report(REPORT)


def test_several_people_may_ask_at_once() -> None:
    with ThreadPoolExecutor(4) as people:
        documents = list(people.map(DOCUMENTS.report, [REPORT] * 16))

    assert set(documents) == {DOCUMENTS.report(REPORT)}


def test_the_report_is_a_document_that_we_would_accept_ourselves() -> None:
    document = DOCUMENTS.report(REPORT)

    accepted = ContentInspector().accept(
        BytesIO(document), announced="application/pdf", size_bytes_max=len(document)
    )

    with accepted.content as kept:
        assert kept.read() == document
