"""What the database itself refuses, whoever asks and however the code is wrong."""

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from autodoctor.adapters.postgres.identify import identify
from autodoctor.adapters.postgres.schema import NEVER_DELETED
from autodoctor.domain.revenue import entries
from autodoctor.domain.revenue.events import NoticeReceived
from autodoctor.domain.revenue.funds import Funds
from autodoctor.domain.revenue.ledger import Entry
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.room.message import Message
from autodoctor.domain.room.report import Amendment, Rating, Report
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, EntryId, FileId, MessageId
from autodoctor.ports.stores import Stale
from support.postgres import Database
from support.scenery import AT, a_kept_session, a_mechanic, an_account
from support.vetting import a_file, new_document


def run(engine: Engine, statement: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.fixture
def charge(database: Database) -> Iterator[Entry]:
    session = a_kept_session(database.transactions)
    assert session.checkout_id is not None
    entry = entries.charge(
        Funds(session.id),
        checkout_id=session.checkout_id,
        amount=session.terms.price,
        entry_id=EntryId(uuid4()),
        at=AT,
    )
    with database.transactions(SYSTEM) as tx:
        tx.ledger.post(entry)
    yield entry
    with database.transactions(SYSTEM) as tx:
        assert tx.ledger.of_session(session.id) == (entry,), "the ledger was changed"


CHANGES = (
    "UPDATE entries SET key = 'other' WHERE id = :id",
    "DELETE FROM entries WHERE id = :id",
    "UPDATE postings SET amount_minor = amount_minor + 1 WHERE entry_id = :id",
    "DELETE FROM postings WHERE entry_id = :id",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_ledger_is_append_only_even_for_its_owner(
    database: Database, charge: Entry, change: str
) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        run(database.owner, change, id=charge.id)


@pytest.mark.parametrize("change", CHANGES)
def test_the_application_has_no_right_to_change_the_ledger(
    database: Database, charge: Entry, change: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, change, id=charge.id)


def test_an_entry_that_does_not_balance_is_refused_when_it_is_committed(
    database: Database, charge: Entry
) -> None:
    one_more = """
        INSERT INTO postings (entry_id, number, account, amount_minor, currency)
        VALUES (:id, 9, 'losses', 1, 'cad')
    """

    with pytest.raises(IntegrityError, match="does not balance"):
        run(database.app, one_more, id=charge.id)


@pytest.mark.parametrize("role", ["app", "owner"])
def test_an_entry_without_postings_is_refused_when_it_is_committed(
    database: Database, charge: Entry, role: str
) -> None:
    empty = """
        INSERT INTO entries (id, key, kind, session_id, at)
        VALUES (:id, 'of nothing', 'charge', :session_id, now())
    """

    with pytest.raises(IntegrityError, match="fewer than two postings"):
        run(getattr(database, role), empty, id=uuid4(), session_id=charge.session_id)


@pytest.mark.parametrize(
    "change", ["UPDATE events SET kind = 'Other'", "DELETE FROM events WHERE kind = 'Other'"]
)
def test_what_happened_is_not_changed_by_anybody(
    database: Database, charge: Entry, change: str
) -> None:
    with database.transactions(SYSTEM) as tx:
        tx.outbox.record(NoticeReceived("evt_guard"), by=SYSTEM, at=AT)

    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, change)
    with pytest.raises(DBAPIError, match="append-only"):
        run(database.owner, change.replace("'Other'", "kind") if "WHERE" in change else change)


@pytest.mark.parametrize("table", sorted(NEVER_DELETED))
def test_the_application_has_no_right_to_delete_what_money_and_repetition_hang_on(
    database: Database, table: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(database.app, f"DELETE FROM {table}")


@pytest.mark.parametrize("role", ["app", "owner"])
def test_nobody_without_a_name_reads_messages(database: Database, role: str) -> None:
    session = a_kept_session(database.transactions, status=SessionStatus.LIVE)
    customer = Actor(AccountId(session.customer_id), Role.CUSTOMER)
    message = Message(
        id=MessageId(uuid4()),
        session_id=session.id,
        author_id=customer.account_id,
        party="customer",
        client_id=uuid4(),
        text="It squeals.",
        sent_at=AT,
    )
    with database.transactions(customer) as tx:
        tx.messages.add(message)

    engine: Engine = getattr(database, role)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM messages")).scalar_one()

    assert found == 0


@pytest.fixture
def written_up(database: Database) -> Session:
    """A session with a report, an amendment, a rating and a read mark."""
    kept = database.transactions
    session = a_kept_session(kept, status=SessionStatus.COMPLETED)
    assert session.mechanic_id is not None
    mechanic = Actor(AccountId(session.mechanic_id), Role.MECHANIC)
    customer = Actor(AccountId(session.customer_id), Role.CUSTOMER)
    texts = dict.fromkeys(("findings", "steps_taken", "next_steps", "parts_needed"), "!")
    with kept(mechanic) as tx:
        tx.write_ups.add_report(
            Report(session_id=session.id, mechanic_id=session.mechanic_id, written_at=AT, **texts)
        )
        tx.write_ups.amend(session.id, Amendment("More.", AT))
    with kept(customer) as tx:
        rating = Rating(
            session_id=session.id, mechanic_id=session.mechanic_id, stars=5, review="", rated_at=AT
        )
        tx.ratings.add(rating, customer_id=session.customer_id)
        tx.messages.mark_read(session.id, Party.CUSTOMER, 1)
    return session


GUARDED = ("reports", "amendments", "ratings", "read_marks")


def seen_as(engine: Engine, table: str, session: Session, who: Actor | None) -> int:
    """How many rows of the session somebody sees who names themselves so, or not at all."""
    count = text(f"SELECT count(*) FROM {table} WHERE session_id = :id")
    with engine.begin() as connection:
        if who is not None:
            identify(connection, who)
        return int(connection.execute(count, {"id": session.id}).scalar_one())


@pytest.mark.parametrize("role", ["app", "owner"])
@pytest.mark.parametrize("table", GUARDED)
def test_what_is_written_up_is_seen_by_those_inside_alone(
    database: Database, written_up: Session, table: str, role: str
) -> None:
    engine: Engine = getattr(database, role)
    customer = Actor(AccountId(written_up.customer_id), Role.CUSTOMER)
    stranger = Actor(AccountId(uuid4()), Role.MECHANIC)

    seen = [seen_as(engine, table, written_up, who) for who in (SYSTEM, customer, stranger, None)]

    assert seen == [1, 1, 0, 0]


@pytest.mark.parametrize("table", GUARDED)
def test_without_its_guard_a_stranger_sees_it(
    database: Database, written_up: Session, table: str
) -> None:
    with database.owner.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"))
    stranger = Actor(AccountId(uuid4()), Role.MECHANIC)

    seen = seen_as(database.app, table, written_up, stranger)

    with database.owner.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"))
    assert seen == 1


@pytest.mark.parametrize("table", ["reports", "amendments", "ratings"])
def test_what_is_written_up_stays_as_it_was_written(
    database: Database, written_up: Session, table: str
) -> None:
    column = {"reports": "findings", "amendments": "text", "ratings": "review"}[table]
    change = text(f"UPDATE {table} SET {column} = 'Other' WHERE session_id = :id")
    with database.app.begin() as connection:
        identify(connection, Actor(AccountId(written_up.customer_id), Role.CUSTOMER))

        assert connection.execute(change, {"id": written_up.id}).rowcount == 0


def test_a_locked_session_waits_for_the_one_who_holds_it(database: Database) -> None:
    kept = database.transactions
    session = a_kept_session(kept)
    seen: list[int] = []

    def look() -> None:
        with kept(SYSTEM) as tx:
            seen.append(tx.sessions.get(session.id, lock=True).version)

    with kept(SYSTEM) as tx:
        held = tx.sessions.get(session.id, lock=True)
        other = threading.Thread(target=look)
        other.start()
        other.join(0.2)
        waited = not seen
        tx.sessions.save(held)
    other.join(10)

    assert waited
    assert seen == [1]


def test_two_who_claim_at_once_do_not_get_the_same_timer(database: Database) -> None:
    kept = database.transactions
    with kept(SYSTEM) as tx:
        tx.timers.set("no_show", uuid4(), due_at=AT)
        tx.timers.set("no_show", uuid4(), due_at=AT)

    with kept(SYSTEM) as one, kept(SYSTEM) as other:
        first = one.timers.claim(at=AT, lease=AT, most=1)
        second = other.timers.claim(at=AT, lease=AT, most=9)

    assert len(first) == len(second) == 1
    assert first != second


USES = {
    "documents": """
        INSERT INTO documents (
            id, subject_id, file_id, kind, uploaded_at, number, status, reason, version)
        VALUES (gen_random_uuid(), :owner, :file, 'other', now(), '', 'pending', '', 0)
    """,
    "particulars": """
        INSERT INTO particulars (
            id, street, province, postal_code, languages, certifications, red_seal_number,
            insurance_number, payout_country, photo_id, version)
        VALUES (:owner, '', '', '', '{}', '[]', '', '', 'CA', :file, 0)
    """,
    "customer_details": """
        INSERT INTO customer_details (
            id, street, city, province, postal_code, country, photo_id, version)
        VALUES (:owner, '', '', '', '', '', :file, 0)
    """,
}
PURPOSES = {
    "documents": "document",
    "particulars": "mechanic_photo",
    "customer_details": "customer_photo",
}


@pytest.mark.parametrize("used_in", USES)
@pytest.mark.parametrize("purpose", [None, *PURPOSES.values()])
def test_a_file_serves_the_purpose_it_has_and_no_other(
    database: Database, used_in: str, purpose: str | None
) -> None:
    owner = a_mechanic(database.transactions).account_id
    file = File(
        id=FileId(uuid4()),
        owner_id=owner,
        name="one.png",
        media_type="image/png",
        kind="image",
        size_bytes=9,
        storage_key="uploads/one.png",
        created_at=AT,
        stored_at=AT,
        purpose=None if purpose is None else FilePurpose(purpose),
    )
    with database.transactions(SYSTEM) as tx:
        tx.files.add(file)

    def use() -> None:
        run(database.app, USES[used_in], owner=owner, file=file.id)

    if purpose == PURPOSES[used_in]:
        use()
        return
    with pytest.raises(IntegrityError, match=f"fk_{used_in}_"):
        use()


def test_a_file_that_is_used_is_not_discarded(database: Database) -> None:
    owner = a_document_of(database)
    with database.transactions(SYSTEM) as tx:
        (document,) = tx.submitted_documents.of_subject(owner)
        file = tx.files.get(document.file_id)

    with pytest.raises(Stale), database.transactions(SYSTEM) as tx:
        tx.files.save(file.discard())


def a_document_of(database: Database) -> UUID:
    """Whose it is."""
    owner = an_account(database.transactions, Role.MECHANIC)
    document = new_document(
        database.transactions,
        subject_id=owner.account_id,
        file_id=a_file(database.transactions, owner),
    )
    with database.transactions(SYSTEM) as tx:
        tx.submitted_documents.add(document)
    return owner.account_id
