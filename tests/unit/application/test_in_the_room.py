"""What is said, shown, written and rated in a session, and who is told of it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from pypdf import PdfReader

from autodoctor.application.operations.due import run_timers
from autodoctor.application.room.chat import conversation, mark_read, send_message
from autodoctor.application.room.files import announce, attach, files_of, upload, visible_file
from autodoctor.application.room.rating import rate
from autodoctor.application.room.report import (
    amend_report,
    notes_of,
    report_of,
    report_pdf,
    save_notes,
    write_report,
)
from autodoctor.application.sessions.ending import end_session
from autodoctor.domain.mechanics.reputation import AlreadyRated, NotRatable
from autodoctor.domain.notifications.table import Occasion
from autodoctor.domain.room.file import File
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import AMENDMENTS_MAX, Report, ReportWritten, TooManyAmendments
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import ChatClosed
from autodoctor.domain.sessions.states import IllegalTransition
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, SessionId
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, a_customer, a_mechanic, a_paid_session
from autodoctor.testing.town import work
from support.refusing import in_the_way, refusal
from support.towns import Pair, completed, live, matched, told


def say(
    town: Town, who: Actor, session_id: SessionId, *, text: str = "It squeals.", **more: object
) -> Message:
    given = {"client_id": uuid4()} | more
    return send_message(town.ports, actor=who, session_id=session_id, text=text, **given)  # type: ignore[arg-type]


def test_both_are_told_of_a_message_and_read_it_once(town: Town) -> None:
    pair = live(town)
    client_id = uuid4()

    said = [say(town, pair.customer, pair.session.id, client_id=client_id) for _ in range(2)]

    assert said[0] == said[1]
    for party in (pair.customer, pair.mechanic):
        talk = conversation(town.ports, actor=party, session_id=pair.session.id)
        assert talk.messages == (said[0],)
        assert told(town, party.account_id).count("message") == 1


def test_refusals_of_a_message_come_in_their_order(town: Town) -> None:
    pair, over = live(town), completed(town)
    asked = {"who": a_customer(town.ports), "session_id": over.session.id, "text": " "}

    met = in_the_way(
        lambda: say(town, **asked),  # type: ignore[arg-type]
        lambda: asked.update(text="It squeals."),
        lambda: asked.update(who=over.customer),
        lambda: asked.update(who=pair.customer, session_id=pair.session.id),
    )

    assert met == [InvalidField, Missing, ChatClosed, None]


def test_how_far_one_has_read_is_told_once_and_never_goes_back(town: Town) -> None:
    pair = live(town)
    position = say(town, pair.customer, pair.session.id).position

    for at in (position, position, 0):
        mark_read(town.ports, actor=pair.mechanic, session_id=pair.session.id, position=at)

    read = conversation(town.ports, actor=pair.customer, session_id=pair.session.id).read
    assert read == {Party.MECHANIC: position}
    assert told(town, pair.customer.account_id).count("read") == 1


def announced(town: Town, who: Actor) -> tuple[File, bytes]:
    content = BytesIO()
    Image.new("RGB", (8, 8), "#884422").save(content, "JPEG")
    file = announce(
        town.ports,
        actor=who,
        name="../../brake.jpg",
        media_type="image/jpeg",
        size_bytes=content.tell(),
        description="",
    )
    return file, content.getvalue()


def uploaded(town: Town, who: Actor) -> File:
    file, content = announced(town, who)
    return upload(town.ports, actor=who, file_id=file.id, content=BytesIO(content))


def test_a_file_is_for_both_once_it_is_attached(town: Town) -> None:
    pair = live(town)
    file = uploaded(town, pair.customer)
    assert (
        refusal(lambda: visible_file(town.ports, actor=pair.mechanic, file_id=file.id)) is Missing
    )

    attached = [
        attach(town.ports, actor=pair.customer, session_id=pair.session.id, file_id=file.id)
        for _ in range(2)
    ]

    assert attached[0] == attached[1]
    assert attached[0].name == "brake.jpg"
    for party in (pair.customer, pair.mechanic):
        assert files_of(town.ports, actor=party, session_id=pair.session.id) == (attached[0],)
        assert told(town, party.account_id).count("file") == 1
    stranger = a_customer(town.ports)
    assert refusal(lambda: visible_file(town.ports, actor=stranger, file_id=file.id)) is Missing


def test_refusals_of_attaching_come_in_their_order(town: Town) -> None:
    pair = live(town)
    not_yet, content = announced(town, pair.customer)
    asked = {"actor": a_customer(town.ports), "file_id": FileId(uuid4())}

    met = in_the_way(
        lambda: attach(town.ports, session_id=pair.session.id, **asked),  # type: ignore[arg-type]
        lambda: asked.update(actor=pair.mechanic),
        lambda: asked.update(file_id=not_yet.id),
        lambda: asked.update(actor=pair.customer),
        lambda: upload(
            town.ports, actor=pair.customer, file_id=not_yet.id, content=BytesIO(content)
        ),
    )

    assert met == [Missing, Missing, Missing, InvalidField, None]


def test_nobody_uploads_to_another_ones_announcement(town: Town) -> None:
    file, content = announced(town, a_customer(town.ports))
    other = a_customer(town.ports)

    with pytest.raises(Missing):
        upload(town.ports, actor=other, file_id=file.id, content=BytesIO(content))


def write(town: Town, who: Actor, session_id: SessionId, *, findings: str = "Worn") -> Report:
    return write_report(
        town.ports,
        actor=who,
        session_id=session_id,
        findings=findings,
        steps_taken="Listened",
        next_steps="Replace the pads",
        parts_needed="",
    )


def test_a_report_is_written_once_and_then_amended(town: Town) -> None:
    pair = completed(town)
    report = write(town, pair.mechanic, pair.session.id)

    with pytest.raises(ReportWritten):
        write(town, pair.mechanic, pair.session.id, findings="Other")
    amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="Both sides.")

    found = report_of(town.ports, actor=pair.customer, session_id=pair.session.id)
    assert found is not None
    assert found.findings == report.findings
    assert [each.text for each in found.amendments] == ["Both sides."]
    assert told(town, pair.customer.account_id).count("report") == 2


def news_of_reports(town: Town) -> tuple[list[str], list[str]]:
    """Titles in the app, and subjects of the mails."""
    work(town)
    told_of = [
        each.title
        for each in town.kept.tables.notifications.values()  # type: ignore[attr-defined]
        if each.occasion is Occasion.REPORT_READY
    ]
    queued = (each.mail for each in town.kept.tables.mails.values())  # type: ignore[attr-defined]
    return told_of, [each.subject for each in queued if each.occasion == Occasion.REPORT_READY]


READY, ADDED = "has written your report", "added to your report"


def news_of_one_report(town: Town) -> list[str]:
    """Without the name of the mechanic."""
    titles, subjects = news_of_reports(town)
    assert subjects == titles
    return [title.split(" ", 2)[2] for title in titles]


def amend_after(town: Town, pair: Pair, minutes: int) -> None:
    town.clock.advance(timedelta(minutes=minutes))
    run_timers(town.ports)
    amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="More.")


def test_a_report_that_is_written_after_the_end_is_told_and_so_is_what_is_added(
    town: Town,
) -> None:
    pair = completed(town)
    write(town, pair.mechanic, pair.session.id)
    written = news_of_one_report(town)

    amend_after(town, pair, 1)

    assert (written, news_of_one_report(town)) == ([READY], [READY, ADDED])


def test_several_amendments_in_a_row_are_told_together_when_they_are_over(town: Town) -> None:
    pair = completed(town)
    write(town, pair.mechanic, pair.session.id)
    for minutes in (1, 5, 8):
        amend_after(town, pair, minutes)
    before = news_of_one_report(town)

    for _ in range(2):
        town.clock.advance(timedelta(minutes=2))
        run_timers(town.ports)

    assert (before, news_of_one_report(town)) == ([READY, ADDED], [READY, ADDED, ADDED])


def test_an_amendment_long_after_the_last_is_told_at_once(town: Town) -> None:
    pair = completed(town)
    write(town, pair.mechanic, pair.session.id)

    for minutes in (1, 30):
        amend_after(town, pair, minutes)

    assert news_of_one_report(town) == [READY, ADDED, ADDED]


def test_a_report_that_is_written_during_the_talk_is_told_with_its_end(town: Town) -> None:
    pair = live(town)
    town.clock.advance(timedelta(minutes=5))
    write(town, pair.mechanic, pair.session.id)

    end_session(town.ports, actor=pair.mechanic, session_id=pair.session.id)

    assert news_of_reports(town) == ([], [])


def test_a_mechanics_copy_of_the_report_has_the_first_name_only(town: Town) -> None:
    pair = completed(town)
    write(town, pair.mechanic, pair.session.id)

    def printed(who: Actor) -> str:
        made = report_pdf(town.ports, actor=who, session_id=pair.session.id)
        return "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)

    full = town.ports.queries.sessions.one(pair.session.id).customer_name
    first, last = full.split(" ", maxsplit=1)
    assert full in printed(pair.customer)
    assert first in printed(pair.mechanic)
    assert last not in printed(pair.mechanic)


def test_refusals_of_a_report_come_in_their_order(town: Town) -> None:
    early, pair = matched(town), completed(town)
    asked = {"who": early.customer, "session_id": early.session.id, "findings": " "}

    met = in_the_way(
        lambda: write(town, **asked),  # type: ignore[arg-type]
        lambda: asked.update(findings="Worn"),
        lambda: asked.update(who=early.mechanic),
        lambda: asked.update(who=pair.mechanic, session_id=pair.session.id),
        lambda: None,
    )

    assert met[0] is InvalidField
    assert met[1] is not None, "customers write no reports"
    assert met[2:] == [IllegalTransition, None, ReportWritten]


def test_what_is_not_written_cannot_be_amended(town: Town) -> None:
    pair = completed(town)

    with pytest.raises(Missing):
        amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="More.")


def test_notes_are_the_mechanics_alone(town: Town) -> None:
    pair = live(town)
    notes = save_notes(
        town.ports, actor=pair.mechanic, session_id=pair.session.id, text="Ask about the noise."
    )

    assert notes_of(town.ports, actor=pair.mechanic, session_id=pair.session.id) == notes
    for other in (pair.customer, a_mechanic(town.ports)):
        assert (
            refusal(lambda who=other: notes_of(town.ports, actor=who, session_id=pair.session.id))
            is not None
        )


def stars(town: Town, who: Actor, session_id: SessionId, stars: int = 4) -> None:
    rate(town.ports, actor=who, session_id=session_id, stars=stars, review="Thanks!")


def test_a_rating_counts_for_the_mechanic_once(town: Town) -> None:
    pair = completed(town)

    stars(town, pair.customer, pair.session.id)
    with pytest.raises(AlreadyRated):
        stars(town, pair.customer, pair.session.id, 1)

    with town.kept(SYSTEM) as tx:
        reputation = tx.mechanics.get(pair.mechanic.mechanic_id).reputation
    assert (reputation.stars, reputation.count) == (4, 1)


def test_refusals_of_a_rating_come_in_their_order(town: Town) -> None:
    unheard = a_customer(town.ports)
    waiting, pair = a_paid_session(town, unheard), completed(town)
    asked = {"who": pair.customer, "session_id": waiting.id, "stars": 6}

    met = in_the_way(
        lambda: stars(town, **asked),  # type: ignore[arg-type]
        lambda: asked.update(stars=5),
        lambda: asked.update(who=unheard),
        lambda: asked.update(who=pair.customer, session_id=pair.session.id),
    )

    assert met == [InvalidField, Missing, NotRatable, None]


def test_a_stranger_finds_nothing_of_a_session(town: Town) -> None:
    pair: Pair = completed(town)
    for stranger in (a_customer(town.ports), a_mechanic(town.ports)):
        for look in (conversation, files_of, report_of):
            assert (
                refusal(
                    lambda see=look, who=stranger: see(
                        town.ports, actor=who, session_id=pair.session.id
                    )
                )
                is Missing
            )


def test_a_report_with_all_its_amendments_takes_no_more(town: Town) -> None:
    pair = completed(town)
    write(town, pair.mechanic, pair.session.id)
    for _ in range(AMENDMENTS_MAX):
        amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="More.")

    with pytest.raises(TooManyAmendments):
        amend_report(town.ports, actor=pair.mechanic, session_id=pair.session.id, text="More.")
