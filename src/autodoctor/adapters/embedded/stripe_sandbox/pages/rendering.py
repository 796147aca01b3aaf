"""Templates, and texts that they need ready."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

import attrs
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

PACKAGE = "autodoctor.adapters.embedded.stripe_sandbox"
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, view: "attrs.AttrsInstance", *, status: int = 200) -> HTMLResponse:
    """`view` is an attrs instance whose fields the template knows by name."""
    html = _templates().get_template(template).render(attrs.asdict(view, recurse=False))
    return HTMLResponse(html, status_code=status, headers=SECURITY)


def money(minor: int, currency: str) -> str:
    """For example "$49.99" for 4999 Canadian cents, in Canadian English."""
    from babel.numbers import format_currency, get_currency_precision

    amount = Decimal(minor).scaleb(-get_currency_precision(currency.upper()))
    return str(format_currency(amount, currency.upper(), locale="en_CA"))


def instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


@attrs.frozen(kw_only=True)
class Message:
    """A page that only says something, with one way on."""

    title: str
    text: str
    link_text: str
    link: str


def message(view: Message, *, status: int) -> HTMLResponse:
    return page("message.html", view, status=status)
