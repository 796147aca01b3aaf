from typing import Any

import attrs
import pytest

from autodoctor.domain.room.report import Amendment, Notes, Report
from autodoctor.domain.sessions.states import SessionStatus as S
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.mechanic_history import filter_of, history_view
from autodoctor.entrypoints.web.pages.mechanic_report import (
    FIELDS,
    ReportView,
    mistakes,
    report_view,
)
from autodoctor.entrypoints.web.pages.paging import Place
from support.seen import MAYA, NOW, VIEW, WHEN

NO_FILTER = {"state": "", "kind": "", "text": ""}
REPORT = Report(
    session_id=VIEW.id,
    mechanic_id=MAYA,
    findings="Pad worn.\nRotor scored.",
    steps_taken="Looked at it.",
    next_steps="Replace both.",
    parts_needed="",
    written_at=NOW,
    amendments=(Amendment("And the pins.", NOW),),
)


def view(report: Report | None = None, **given: Any) -> ReportView:
    return report_view(attrs.evolve(VIEW, **given), report, None, WHEN)


@pytest.mark.parametrize("status", [S.LIVE, S.RECONNECTING, S.COMPLETED, S.ESCALATED])
def test_a_report_can_be_written_from_the_first_word_on(status: S) -> None:
    assert view(status=status).writable


@pytest.mark.parametrize("status", [S.MATCHED, S.SCHEDULED, S.CANCELLED, S.EXPIRED, S.REFUNDED])
def test_there_is_nothing_to_report_of_what_did_not_take_place(status: S) -> None:
    shown = view(status=status)

    assert not shown.writable
    assert shown.sentence.endswith(".")


def test_of_a_session_ended_within_a_minute_it_is_said_why_it_does_not_count() -> None:
    short = view(status=S.CANCELLED, minutes_used=0)
    free = view(status=S.CANCELLED, minutes_used=0, price=Money(0))

    assert short.sentence == (
        "The session ended within a minute, so it does not count. Dana gets the price back."
    )
    assert free.sentence == "The session ended within a minute, so it does not count."
    assert ("Talked", "Under a minute") in [(fact.label, fact.value) for fact in short.facts]


def test_a_session_called_off_before_it_began_or_running_was_not_too_short() -> None:
    called_off = view(status=S.CANCELLED, minutes_used=0, started_at=None)
    running = view(status=S.LIVE, minutes_used=0, ended_at=None)

    assert called_off.sentence == "This session did not take place."
    assert "Talked" not in [fact.label for fact in (*called_off.facts, *running.facts)]


def test_a_written_report_is_shown_and_only_added_to() -> None:
    shown = view(REPORT)

    assert not shown.writable
    assert [part.label for part in shown.written] == ["Findings", "Steps taken", "Next steps"]
    assert shown.written[0].lines == ("Pad worn.", "Rotor scored.")
    assert [each.what for each in shown.amendments] == ["And the pins."]


def test_the_room_is_led_to_while_it_is_open_and_to_be_read_afterwards() -> None:
    live, completed = view(status=S.LIVE), view(status=S.COMPLETED)

    assert live.room_url == completed.room_url == f"/chat/{VIEW.id}"
    assert (live.running, live.room_label) == (True, "Back to the room")
    assert (completed.running, completed.room_label) == (False, "Read the conversation")


def test_of_the_customer_a_first_name_is_all_there_is() -> None:
    shown = report_view(VIEW, REPORT, None, WHEN)

    assert shown.customer == "Dana"
    assert "Whitfield" not in str(shown)


def test_ones_own_notes_stand_beside_the_form() -> None:
    notes = Notes(session_id=REPORT.session_id, mechanic_id=MAYA, text="1 mm left", saved_at=NOW)

    assert report_view(VIEW, None, notes, WHEN).notes == "1 mm left"


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert set(mistakes(dict.fromkeys(FIELDS, ""))) == set(FIELDS[:3])
    assert set(mistakes(dict.fromkeys(FIELDS, "x" * 5001))) == set(FIELDS)


def test_a_whole_report_is_fine_without_parts() -> None:
    assert mistakes(dict.fromkeys(FIELDS, "told") | {"parts_needed": ""}) == {}


class TestHistory:
    def test_leads_into_the_room_or_to_the_report(self) -> None:
        rows = history_view(
            (attrs.evolve(VIEW, status=S.LIVE), VIEW), NO_FILTER, Place(), WHEN
        ).table.rows

        assert rows[0][0].url.startswith("/chat/")
        assert rows[1][0].url.endswith("/complete")
        assert rows[1][2].note == "Report to write"

    def test_says_what_a_session_was_in_words(self) -> None:
        [row] = history_view((attrs.evolve(VIEW, stars=5),), NO_FILTER, Place(), WHEN).table.rows

        assert row[0].note.startswith("Quick Chat, 30 minutes by chat. Today, 1:47")
        assert (row[1].text, row[1].note) == ("Dana", "Rated 5 stars")
        assert (row[2].text, row[3].text) == ("Completed", "25 minutes")

    def test_a_filter_there_is_not_narrows_nothing(self) -> None:
        wild = filter_of({"state": "weird", "kind": "fax", "text": "ab"}, Place())

        assert (wild.statuses, wild.kind, wild.text) == (frozenset(), "", "ab")

    def test_a_choice_of_state_stands_for_all_it_covers(self) -> None:
        chosen = filter_of(NO_FILTER | {"state": "off"}, Place())

        assert chosen.statuses == {S.CANCELLED, S.EXPIRED, S.REFUNDED}


def test_the_rule_of_a_minute_speaks_of_the_price_only_where_there_is_one() -> None:
    assert "the price is refunded" in view(status=S.LIVE).rule
    assert "price" not in view(status=S.LIVE, price=Money(0)).rule


def test_of_a_session_that_was_refunded_in_full_no_report_is_asked_for() -> None:
    whole = view(refunded=VIEW.price)

    assert not whole.writable
    assert whole.sentence == "Dana got the whole price back, so no report is needed."
    assert view(refunded=Money(998)).writable
    assert view(REPORT, refunded=VIEW.price).written
