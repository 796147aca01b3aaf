"""What staff read of mail that did not go out."""

from datetime import timedelta
from uuid import UUID

from autodoctor.entrypoints.web.pages.admin_mails import mails_table
from autodoctor.entrypoints.web.views import Tone
from autodoctor.ports.queries import MailView
from support.seen import NOW, SPACE, WHEN

GIVEN_UP = MailView(
    id=UUID(int=1),
    recipient="gone@test.example",
    subject="Your session is complete",
    queued_at=NOW - timedelta(hours=1),
    attempts=1,
    last_error="550 5.1.1 nobody here",
    due_at=NOW,
    given_up_at=NOW,
)
WAITING = MailView(
    id=UUID(int=2),
    recipient="slow@test.example",
    subject="Your session is complete",
    queued_at=NOW - timedelta(hours=1),
    attempts=3,
    last_error="451 later",
    due_at=NOW + timedelta(minutes=8),
    given_up_at=None,
)


def test_each_says_where_it_stands_and_what_the_server_said() -> None:
    given_up, waiting = mails_table((GIVEN_UP, WAITING), WHEN).rows

    assert [cell.text for cell in given_up] == [
        "gone@test.example",
        "Your session is complete",
        "Given up",
        "550 5.1.1 nobody here",
    ]
    assert given_up[2].tone is Tone.BAD
    assert given_up[2].note == f"Today, 2:32{SPACE}p.m., 1 try"
    assert (waiting[2].text, waiting[2].tone) == ("Waiting", Tone.WARN)
    assert waiting[2].note == f"Next try: Today, 2:40{SPACE}p.m.; 3 tries so far"


def test_without_any_it_says_that_all_is_well() -> None:
    assert mails_table((), WHEN).empty == "All emails were delivered."
