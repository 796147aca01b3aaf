"""PDFs by Typst. Texts reach the template as JSON values and are never read as markup."""

import json
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import files
from typing import Final

import typst
from babel.dates import format_datetime

from autodoctor.ports.documents import ReportDocument

LOCALE: Final = "en_CA"
_LONG: Final = "d MMMM y 'at' HH:mm zzz"


class TypstDocuments:
    """The template and the fonts are read once. The same report gives the same bytes."""

    def report(self, report: ReportDocument, /) -> bytes:
        changed = max((at for at, _text in report.amendments), default=report.held_at)
        return typst.compile(
            self._template,
            sys_inputs={"report": json.dumps(_printed(report))},
            font_paths=self._fonts,
            timestamp=changed.astimezone(UTC).replace(microsecond=0),
        )

    @cached_property
    def _template(self) -> bytes:
        return files(__package__).joinpath("report.typ").read_bytes()

    @cached_property
    def _fonts(self) -> typst.Fonts:
        """Typst's own first; this machine's for the letters those do not have."""
        return typst.Fonts()


def _printed(report: ReportDocument) -> dict[str, object]:
    """What the template shows, in its order."""
    minutes = f"{report.minutes} minute{'' if report.minutes == 1 else 's'}"
    return {
        "reference": report.reference,
        "title": f"Diagnostic report {report.reference}",
        "mechanic": report.mechanic,
        "facts": [
            ("Customer", report.customer),
            ("Vehicle", report.vehicle),
            ("Mechanic", report.mechanic),
            ("Consultation", f"{report.plan}, {minutes}"),
            ("Held", _at(report.held_at)),
        ],
        "sections": [
            {"title": title, "paragraphs": _paragraphs(text)}
            for title, text in (
                ("Concern", report.concern),
                ("Findings", report.findings),
                ("Steps taken", report.steps_taken),
                ("Next steps", report.next_steps),
                ("Parts needed", report.parts_needed),
            )
            if text.strip()
        ],
        "amendments": [
            {"at": _at(at), "paragraphs": _paragraphs(text)} for at, text in report.amendments
        ],
    }


def _at(instant: datetime) -> str:
    """In the zone it came in."""
    return format_datetime(instant, _LONG, tzinfo=instant.tzinfo, locale=LOCALE)


def _paragraphs(text: str) -> list[list[str]]:
    """Paragraphs of lines, as the person typed them."""
    blocks = "\n".join(line.strip() for line in text.strip().splitlines()).split("\n\n")
    return [[line for line in block.split("\n") if line] for block in blocks if block.strip()]
