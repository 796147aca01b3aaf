"""Letters: what we write by mail, each as plain text and as simple HTML."""

from html import escape

import attrs

from autodoctor.domain.shared.money import Money


@attrs.frozen(kw_only=True)
class Letter:
    """Paragraphs of plain text, and at most one thing to do. `secret` when who has its link
    may do something: its words are not kept once it was sent."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    action: str = ""
    url: str = ""
    secret: bool = False

    @property
    def text(self) -> str:
        parts = [self.greeting, *self.paragraphs]
        if self.url:
            parts.append(f"{self.action}:\n{self.url}")
        parts.append("autodoctor")
        return "\n\n".join(parts) + "\n"

    @property
    def html(self) -> str:
        body = "".join(f"<p>{escape(part)}</p>" for part in (self.greeting, *self.paragraphs))
        link = escape(self.url, quote=True)
        button = f'<p><a href="{link}">{escape(self.action)}</a></p>' if self.url else ""
        title = escape(self.subject)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f"</head><body>{body}{button}<p>autodoctor</p></body></html>"
        )


def dollars(money: Money) -> str:
    """As a letter writes it: $49.99 CAD."""
    return f"${money.minor // 100}.{money.minor % 100:02d} {money.currency.upper()}"


def lines_of(text: str) -> tuple[str, ...]:
    """What somebody wrote, as paragraphs: a letter's own break no lines."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
