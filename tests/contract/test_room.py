"""Messages, files and notes: what is not yours is not there."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest
from sqlalchemy.exc import ProgrammingError

from autodoctor.adapters.memory.room import NotTheirsToWrite
from autodoctor.domain.mechanics.reputation import AlreadyRated
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Amendment, Notes, Rating, Report, ReportWritten
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.speech import ShortMessagesOnly
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, FileId, MessageId
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, a_kept_session, a_mechanic, an_account


def customer_of(session: Session) -> Actor:
    return Actor(AccountId(session.customer_id), Role.CUSTOMER)


def mechanic_of(session: Session) -> Actor:
    assert session.mechanic_id is not None
    return Actor(AccountId(session.mechanic_id), Role.MECHANIC)


def a_message(session: Session, author: Actor) -> Message:
    return Message(
        id=MessageId(uuid4()),
        session_id=session.id,
        author_id=author.account_id,
        party=author.role,
        client_id=uuid4(),
        text="It squeals.",
        sent_at=AT,
    )


def a_file(session: Session, owner: Actor) -> File:
    file_id = FileId(uuid4())
    return File(
        id=file_id,
        owner_id=owner.account_id,
        name="brake.jpg",
        media_type="image/jpeg",
        kind="image",
        size_bytes=9,
        storage_key=f"files/{file_id}.jpg",
        created_at=AT,
        intake_id=session.intake_id,
        stored_at=AT,
        purpose=FilePurpose.BOOKING,
    )


def live(kept: Transactions) -> Session:
    return a_kept_session(kept, status=SessionStatus.LIVE)


def test_both_parties_and_staff_read_what_one_has_said(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    with kept(customer) as tx:
        said = tx.messages.add(a_message(session, customer))

    for reader in (customer, mechanic_of(session), SYSTEM):
        with kept(reader) as tx:
            assert tx.messages.since(session.id, 0, most=9) == (said,)


def test_a_stranger_reads_nothing(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    with kept(customer) as tx:
        tx.messages.add(a_message(session, customer))

    for stranger in (an_account(kept), a_mechanic(kept)):
        with kept(stranger) as tx:
            assert tx.messages.since(session.id, 0, most=9) == ()


def test_a_stranger_cannot_say_anything(kept: Transactions) -> None:
    session, stranger = live(kept), an_account(kept)

    with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(stranger) as tx:
        tx.messages.add(a_message(session, stranger))


def test_nobody_speaks_in_another_ones_name(kept: Transactions) -> None:
    session = live(kept)

    with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(mechanic_of(session)) as tx:
        tx.messages.add(a_message(session, customer_of(session)))


def test_a_message_sent_again_is_the_one_stored_before(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    message = a_message(session, customer)

    with kept(customer) as tx:
        first = tx.messages.add(message)
        again = tx.messages.add(attrs.evolve(message, id=MessageId(uuid4())))

    assert again == first


def test_a_message_is_found_by_its_authors_client_id(kept: Transactions) -> None:
    session = live(kept)
    customer, mechanic = customer_of(session), mechanic_of(session)
    message = a_message(session, customer)
    with kept(customer) as tx:
        said = tx.messages.add(message)

    with kept(mechanic) as tx:
        found = [
            tx.messages.sent(session.id, author.account_id, client_id)
            for author, client_id in (
                (customer, message.client_id),
                (mechanic, message.client_id),
                (customer, uuid4()),
            )
        ]

    assert found == [said, None, None]


NOT_LIVE = sorted(set(SessionStatus) - {SessionStatus.LIVE, SessionStatus.PENDING})


@pytest.mark.parametrize("status", NOT_LIVE)
def test_own_words_come_into_a_live_session_only(kept: Transactions, status: SessionStatus) -> None:
    session = a_kept_session(kept, status=status)
    customer = customer_of(session)

    with pytest.raises(ShortMessagesOnly), kept(customer) as tx:
        tx.messages.add(a_message(session, customer))

    with kept(customer) as tx:
        assert tx.messages.since(session.id, 0, most=9) == ()


@pytest.mark.parametrize("status", [SessionStatus.MATCHED, SessionStatus.RECONNECTING])
def test_a_short_message_comes_into_any_and_is_read_as_its_sentence(
    kept: Transactions, status: SessionStatus
) -> None:
    session = a_kept_session(kept, status=status)
    customer = customer_of(session)
    short = attrs.evolve(a_message(session, customer), canned=Canned.HERE, text=Canned.HERE.text)

    with kept(customer) as tx:
        added = tx.messages.add(short)
        assert tx.messages.since(session.id, 0, most=9) == (added,)

    assert (added.canned, added.text) == (Canned.HERE, "I am here.")


@pytest.mark.parametrize("status", NOT_LIVE)
def test_a_file_is_attached_to_a_live_session_only(
    kept: Transactions, status: SessionStatus
) -> None:
    session = a_kept_session(kept, status=status)
    customer = customer_of(session)
    loose = attrs.evolve(a_file(session, customer), intake_id=None, purpose=None)
    attached = attrs.evolve(loose, session_id=session.id, purpose=FilePurpose.SESSION)
    with kept(customer) as tx:
        tx.files.add(loose)

    with pytest.raises(ShortMessagesOnly), kept(customer) as tx:
        tx.files.save(attached)
    with pytest.raises(ShortMessagesOnly), kept(customer) as tx:
        tx.files.add(attrs.evolve(attached, id=FileId(uuid4()), storage_key="files/two.jpg"))

    with kept(customer) as tx:
        assert tx.files.of_session(session.id) == ()


def test_a_file_that_is_attached_can_be_discarded_after_the_end(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    loose = attrs.evolve(a_file(session, customer), intake_id=None, purpose=None)
    attached = attrs.evolve(loose, session_id=session.id, purpose=FilePurpose.SESSION)
    with kept(customer) as tx:
        tx.files.add(loose)
        tx.files.save(attached)
        held = tx.sessions.get(session.id)
        tx.sessions.save(attrs.evolve(held, status=SessionStatus.COMPLETED))

    with kept(SYSTEM) as tx:
        tx.files.save(attrs.evolve(attached, description="the left wheel"))
        tx.files.save(attached.discard())


def test_whether_a_party_has_used_own_words(kept: Transactions) -> None:
    session = live(kept)
    customer, mechanic = customer_of(session), mechanic_of(session)
    with kept(customer) as tx:
        tx.messages.add(a_message(session, customer))
    with kept(mechanic) as tx:
        tx.messages.add(
            attrs.evolve(a_message(session, mechanic), canned=Canned.JOIN, text=Canned.JOIN.text)
        )

    with kept(SYSTEM) as tx:
        theirs = [tx.messages.has_own_words(session.id, party) for party in Party]

    assert theirs == [True, False]


def test_read_marks_only_move_forward(kept: Transactions) -> None:
    session = live(kept)

    with kept(customer_of(session)) as tx:
        news = [tx.messages.mark_read(session.id, Party.CUSTOMER, at) for at in (5, 5, 3, 6)]
        marks = tx.messages.read_marks(session.id)

    assert news == [True, False, False, True]
    assert marks == {Party.CUSTOMER: 6}


@pytest.mark.parametrize(
    ("status", "seen"), [(SessionStatus.WAITING, True), (SessionStatus.LIVE, False)]
)
def test_any_mechanic_sees_the_files_of_a_waiting_booking_only(
    kept: Transactions, status: SessionStatus, seen: bool
) -> None:
    session = a_kept_session(kept, status=status)
    customer = customer_of(session)
    file = a_file(session, customer)
    with kept(customer) as tx:
        tx.files.add(file)

    with kept(a_mechanic(kept)) as tx:
        assert tx.files.of_intake(session.intake_id) == ((file,) if seen else ())


def test_a_file_is_missing_for_another_customer(kept: Transactions) -> None:
    session = a_kept_session(kept)
    customer = customer_of(session)
    file = a_file(session, customer)
    with kept(customer) as tx:
        tx.files.add(file)

    with kept(an_account(kept)) as tx:
        with pytest.raises(Missing):
            tx.files.get(file.id)
        with pytest.raises(Missing):
            tx.files.save(attrs.evolve(file, name="mine.jpg"))
    with kept(customer) as tx:
        assert tx.files.get(file.id) == file


def test_notes_are_their_authors_alone(kept: Transactions) -> None:
    session = live(kept)
    mechanic = mechanic_of(session)
    notes = Notes(session_id=session.id, mechanic_id=mechanic.mechanic_id, text="!", saved_at=AT)
    with kept(mechanic) as tx:
        tx.write_ups.save_notes(notes)

    with kept(mechanic) as tx:
        assert tx.write_ups.notes(session.id) == notes
    with kept(customer_of(session)) as tx:
        assert tx.write_ups.notes(session.id) is None


def a_report(session: Session) -> Report:
    return Report(
        session_id=session.id,
        mechanic_id=mechanic_of(session).mechanic_id,
        findings="Worn pads",
        steps_taken="Listened",
        next_steps="Replace",
        parts_needed="",
        written_at=AT,
    )


def reported(kept: Transactions) -> tuple[Session, Report]:
    session = live(kept)
    report = a_report(session)
    with kept(mechanic_of(session)) as tx:
        tx.write_ups.add_report(report)
    return session, report


def a_rating(session: Session) -> Rating:
    mechanic_id = mechanic_of(session).mechanic_id
    return Rating(session_id=session.id, mechanic_id=mechanic_id, stars=5, review="", rated_at=AT)


def rated(kept: Transactions) -> tuple[Session, Rating]:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    rating = a_rating(session)
    with kept(customer_of(session)) as tx:
        tx.ratings.add(rating, customer_id=session.customer_id)
    return session, rating


def test_a_report_is_written_once(kept: Transactions) -> None:
    session, report = reported(kept)
    mechanic = mechanic_of(session)

    with pytest.raises(ReportWritten), kept(mechanic) as tx:
        tx.write_ups.add_report(attrs.evolve(report, findings="Other"))

    with kept(mechanic) as tx:
        assert tx.write_ups.report(session.id) == report


def test_amendments_are_told_in_the_order_they_were_written(kept: Transactions) -> None:
    session, report = reported(kept)
    later = Amendment("And the discs.", AT + timedelta(hours=2))
    first = Amendment("The left one, too.", AT + timedelta(hours=1))

    for amendment in (later, first):
        with kept(mechanic_of(session)) as tx:
            tx.write_ups.amend(session.id, amendment)

    with kept(customer_of(session)) as tx:
        found = tx.write_ups.report(session.id)
    assert found == attrs.evolve(report, amendments=(first, later))


def test_a_report_is_there_for_both_parties_and_staff_alone(kept: Transactions) -> None:
    session, report = reported(kept)

    for reader in (customer_of(session), mechanic_of(session), SYSTEM):
        with kept(reader) as tx:
            assert tx.write_ups.report(session.id) == report
    for stranger in (an_account(kept), a_mechanic(kept)):
        with kept(stranger) as tx:
            assert tx.write_ups.report(session.id) is None


def test_only_its_mechanic_writes_a_report(kept: Transactions) -> None:
    session = live(kept)

    for writer in (customer_of(session), a_mechanic(kept), SYSTEM):
        with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(writer) as tx:
            tx.write_ups.add_report(a_report(session))


def test_only_its_mechanic_amends_a_report(kept: Transactions) -> None:
    session, report = reported(kept)

    for writer in (customer_of(session), a_mechanic(kept)):
        with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(writer) as tx:
            tx.write_ups.amend(session.id, Amendment("Not mine.", AT))

    with kept(SYSTEM) as tx:
        assert tx.write_ups.report(session.id) == report


def test_a_session_is_rated_once(kept: Transactions) -> None:
    session, rating = rated(kept)

    with pytest.raises(AlreadyRated), kept(customer_of(session)) as tx:
        tx.ratings.add(attrs.evolve(rating, stars=1), customer_id=session.customer_id)

    with kept(SYSTEM) as tx:
        assert tx.ratings.of(session.id) == rating


def test_a_rating_is_there_for_both_parties_and_staff_alone(kept: Transactions) -> None:
    session, rating = rated(kept)

    for reader in (customer_of(session), mechanic_of(session), SYSTEM):
        with kept(reader) as tx:
            assert tx.ratings.of(session.id) == rating
    with kept(an_account(kept)) as tx:
        assert tx.ratings.of(session.id) is None


def test_nobody_rates_in_the_customers_name(kept: Transactions) -> None:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)

    for writer in (mechanic_of(session), an_account(kept)):
        with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(writer) as tx:
            tx.ratings.add(a_rating(session), customer_id=session.customer_id)


def test_nobody_marks_as_read_for_the_other_one(kept: Transactions) -> None:
    session = live(kept)

    for reader in (mechanic_of(session), an_account(kept)):
        with pytest.raises((NotTheirsToWrite, ProgrammingError)), kept(reader) as tx:
            tx.messages.mark_read(session.id, Party.CUSTOMER, 5)


def test_read_marks_are_there_for_both_parties_and_staff_alone(kept: Transactions) -> None:
    session = live(kept)
    with kept(customer_of(session)) as tx:
        tx.messages.mark_read(session.id, Party.CUSTOMER, 5)

    for reader in (mechanic_of(session), SYSTEM):
        with kept(reader) as tx:
            assert tx.messages.read_marks(session.id) == {Party.CUSTOMER: 5}
    with kept(an_account(kept)) as tx:
        assert tx.messages.read_marks(session.id) == {}


def test_messages_are_told_from_a_position_on_and_not_more_than_asked_for(
    kept: Transactions,
) -> None:
    session = live(kept)
    customer = customer_of(session)
    with kept(customer) as tx:
        first, second, third = (tx.messages.add(a_message(session, customer)) for _ in range(3))

    with kept(mechanic_of(session)) as tx:
        assert tx.messages.since(session.id, first.position, most=9) == (second, third)
        assert tx.messages.since(session.id, 0, most=2) == (first, second)


def test_files_are_listed_oldest_first_once_they_are_stored(kept: Transactions) -> None:
    session = live(kept)
    customer = customer_of(session)
    uploaded = attrs.evolve(a_file(session, customer), intake_id=None, purpose=None)
    file = uploaded.use_for(FilePurpose.SESSION, session_id=session.id)
    older = attrs.evolve(file, id=FileId(uuid4()), created_at=AT - timedelta(hours=1))
    announced = attrs.evolve(uploaded, id=FileId(uuid4()), stored_at=None)

    with kept(customer) as tx:
        for each in (file, older, announced):
            tx.files.add(each)

    with kept(mechanic_of(session)) as tx:
        assert tx.files.of_session(session.id) == (older, file)
    with kept(customer) as tx:
        assert tx.files.get(announced.id) == announced
