"""A report is printed once, and again when something in it changed."""

import threading
from datetime import UTC, datetime

import attrs

from autodoctor.adapters.documents.stored import StoredDocuments
from autodoctor.adapters.memory.storage import MemoryStorage
from autodoctor.ports.documents import ReportDocument

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
REPORT = ReportDocument(
    reference="ABC",
    customer="Casey Driver",
    mechanic="Morgan Wrench",
    vehicle="Honda",
    plan="Full diagnostic",
    concern="It squeals.",
    minutes=20,
    held_at=AT,
    findings="Worn.",
    steps_taken="Listened.",
    next_steps="Replace.",
    parts_needed="",
)


class Press:
    """Prints once all readers have come."""

    def __init__(self, *, readers: int = 1) -> None:
        self.printed = 0
        self._missing = threading.Semaphore(0)
        self._readers = readers

    def read(self, documents: StoredDocuments) -> None:
        self._missing.release()
        documents.report(REPORT)

    def report(self, report: ReportDocument, /) -> bytes:
        self.printed += 1
        for _ in range(self._readers - 1):
            assert self._missing.acquire(timeout=60)
        return f"%PDF {len(report.amendments)}".encode()


def test_the_second_reader_gets_what_was_kept() -> None:
    press, storage = Press(), MemoryStorage()
    first = StoredDocuments(press, storage).report(REPORT)

    second = StoredDocuments(press, storage).report(REPORT)

    assert first == second == b"%PDF 0"
    assert press.printed == 1


def test_an_amendment_makes_another_document() -> None:
    press = Press()
    documents = StoredDocuments(press, MemoryStorage())
    documents.report(REPORT)

    amended = documents.report(attrs.evolve(REPORT, amendments=((AT, "Both sides."),)))

    assert amended == b"%PDF 1"
    assert press.printed == 2


def test_many_who_ask_at_once_have_it_printed_once() -> None:
    press = Press(readers=8)
    documents = StoredDocuments(press, MemoryStorage())
    readers = [threading.Thread(target=press.read, args=(documents,)) for _ in range(8)]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert press.printed == 1
