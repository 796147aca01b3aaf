"""What somebody who is invited reads."""

from autodoctor.application.notifications.letters import Letter
from autodoctor.domain.shared.actor import Seat

MEANING = {
    "mechanic": "You would answer customers by chat as one of its mechanics.",
    Seat.OWNER: "You would run everything about it, its money and its team included.",
    Seat.ADMIN: "You would run its team and its profile.",
    Seat.ADVISOR: "You would look after escalated cars and write quotes.",
    Seat.VIEWER: "You would see its figures and its team.",
}
"""What each place means, in a sentence."""


def invitation_letter(workshop: str, place: str, inviter: str, url: str) -> Letter:
    return Letter(
        subject=f"{workshop} invites you to autodoctor",
        greeting="Hello,",
        paragraphs=(
            f"{inviter} of {workshop} invites you to join them on autodoctor as {article(place)}. "
            f"{MEANING[place]}",
            "The invitation is for this address alone. It works once, for 7 days. If you do not "
            "know them, ignore this mail.",
        ),
        action="See the invitation",
        url=url,
        secret=True,
    )


def article(place: str) -> str:
    """With the article before it."""
    return f"{'an' if place[0] in 'aeiou' else 'a'} {place}"
