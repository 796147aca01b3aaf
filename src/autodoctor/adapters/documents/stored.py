"""Documents are made once: what was printed before is fetched from where it was kept."""

from hashlib import sha256
from threading import BoundedSemaphore

import msgspec

from autodoctor.ports.documents import Documents, ReportDocument
from autodoctor.ports.files import Storage

MEDIA_TYPE = "application/pdf"


class StoredDocuments:
    """Kept under a digest of all that is printed: another amendment makes another document. No
    more than `at_once` are made at a time in a process; the others wait, and find it made."""

    def __init__(self, made_by: Documents, storage: Storage, *, at_once: int = 1) -> None:
        self._made_by = made_by
        self._storage = storage
        self._turns = BoundedSemaphore(at_once)

    def report(self, report: ReportDocument, /) -> bytes:
        key = f"reports/{sha256(msgspec.json.encode(report)).hexdigest()}.pdf"
        if self._storage.size(key) is None:
            with self._turns:
                self._make(key, report)
        with self._storage.read(key) as stored:
            return stored.read()

    def _make(self, key: str, report: ReportDocument) -> None:
        if self._storage.size(key) is None:
            made = self._made_by.report(report)
            self._storage.write(key, iter((made,)), media_type=MEDIA_TYPE)
