"""Why somebody may not come in, in a sentence."""

from autodoctor.domain.accounts.standing import AccountNotActive, Standing
from autodoctor.domain.shared.errors import Refusal
from autodoctor.domain.shared.limits import Retry
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.pages.problems import retry_advice
from autodoctor.entrypoints.web.pages.when import DEFAULT_ZONE, When


def why_not(refusal: Refusal, here: Call) -> str:
    """Only who knew the password reads why, and until when."""
    if isinstance(refusal, Retry):
        return f"{refusal.title} {retry_advice(refusal, When(DEFAULT_ZONE, here.ports.now()))}"
    if not isinstance(refusal, AccountNotActive):
        return refusal.title
    reason = f" The reason: {refusal.reason}" if refusal.reason else ""
    if refusal.standing is not Standing.SUSPENDED:
        return f"Your account is blocked.{reason}"
    when = When(DEFAULT_ZONE, here.ports.now())
    until = f" until {when.within(refusal.until)} (Eastern time)" if refusal.until else ""
    return f"Your account is suspended{until}.{reason}"
