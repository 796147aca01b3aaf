"""Letters: what we write by mail, each as plain text and as simple HTML."""

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import attrs

from autodoctor.domain.shared.ids import SessionId
from autodoctor.domain.shared.money import Money


@attrs.frozen(kw_only=True)
class Letter:
    """Paragraphs of plain text, `facts` as lines of a label and a value, what happens next, one
    thing to do and at most one other. `secret` when who has its link may do something:
    its words are not kept once it was sent."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    next_step: str = ""
    action: str = ""
    url: str = ""
    other_action: str = ""
    other_url: str = ""
    secret: bool = False

    @property
    def _links(self) -> list[tuple[str, str]]:
        links = ((self.action, self.url), (self.other_action, self.other_url))
        return [link for link in links if link[1]]

    @property
    def text(self) -> str:
        facts = "\n".join(f"{label}: {value}" for label, value in self.facts)
        parts = [self.greeting, *self.paragraphs, *filter(None, (facts, self.next_step))]
        parts += [f"{label}:\n{url}" for label, url in self._links]
        parts.append("autodoctor")
        return "\n\n".join(parts) + "\n"

    @property
    def html(self) -> str:
        body = _paragraphs(self.greeting, *self.paragraphs)
        body += _table(self.facts) + _paragraphs(*filter(None, (self.next_step,)))
        links = "".join(
            f'<p><a href="{escape(url, quote=True)}">{escape(label)}</a></p>'
            for label, url in self._links
        )
        title = escape(self.subject)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"</head><body>{body}{links}<p>autodoctor</p></body></html>"
        )


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _table(facts: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(
        f'<tr><th align="left">{escape(label)}:</th><td>{escape(value)}</td></tr>'
        for label, value in facts
    )
    return f'<table cellpadding="4">{rows}</table>' if rows else ""


def moment(at: datetime, *, zone: str) -> str:
    """As a letter writes it: Friday, 6 March 2026 at 14:47 EST."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%A}, {there.day} {there:%B %Y} at {there:%H:%M %Z}"


def dollars(money: Money) -> str:
    """As a letter writes it: $49.99 CAD."""
    return f"${money.minor // 100}.{money.minor % 100:02d} {money.currency.upper()}"


def payment_url(session_id: SessionId | None) -> str:
    """The page that shows its customer a payment, also one that became no session."""
    return f"/customer/sessions/{session_id}" if session_id else "/customer/payments"


def lines_of(text: str) -> tuple[str, ...]:
    """What somebody wrote, as paragraphs: a letter's own break no lines."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
