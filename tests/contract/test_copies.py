"""A copy of what is kept about one person: the same parts from both stores."""

from uuid import uuid4

import attrs
import msgspec
import pytest

from autodoctor.application.accounts.copying import copy_of
from autodoctor.application.accounts.sign_in import Present, held, open_login
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.garage.details import change_customer
from autodoctor.application.garage.favorites import add_favorite
from autodoctor.application.garage.vehicles import VehicleForm, add_vehicle
from autodoctor.application.notifications.choosing import choose
from autodoctor.application.room.chat import send_message
from autodoctor.application.sessions.accept import accept
from autodoctor.application.sessions.room import join
from autodoctor.domain.garage.details import Home
from autodoctor.domain.mechanics.draft import Answers, Draft
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars
from autodoctor.domain.notifications.choices import choosable
from autodoctor.domain.operations.security_event import SecurityKind
from autodoctor.domain.plans.catalogue import DEFAULT_PLANS
from autodoctor.domain.room.canned import Canned
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import DocumentId, DraftId, FileId, MechanicId, SessionId
from autodoctor.domain.vetting.document import Document, DocumentKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.copies import Section
from autodoctor.ports.transactions import Transactions
from autodoctor.testing.ports import a_booking, a_customer, a_mechanic, memory_ports


@pytest.fixture
def ports(kept: Transactions) -> Ports:
    with kept(SYSTEM) as tx:
        for plan in DEFAULT_PLANS:
            tx.plans.put(plan)
    from autodoctor.adapters.system.clock import RandomIds

    return attrs.evolve(memory_ports(), transactions=kept, ids=RandomIds())


def talk(ports: Ports, customer: Actor) -> SessionId:
    mechanic = a_mechanic(ports)
    intake = a_booking(ports, customer, plan="free")
    session_id = check_out(ports, actor=customer, intake_id=intake.id).session_id
    assert session_id is not None
    with ports.transactions(SYSTEM) as tx:
        request = tx.requests.current(session_id)
    assert request is not None
    accept(ports, actor=mechanic, request_id=request.id)
    for actor in (customer, mechanic):
        join(ports, actor=actor, session_id=session_id)
    for actor, said in ((customer, {"text": "I am customer"}), (mechanic, {"canned": Canned.HERE})):
        send_message(ports, actor=actor, session_id=session_id, client_id=uuid4(), **said)  # type: ignore[arg-type]
    return session_id


def who_is(ports: Ports, customer: Actor) -> Present:
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(customer.account_id)
    token = open_login(ports, account, role=Role.CUSTOMER, address="192.0.2.7", agent="tests").token
    with ports.transactions(SYSTEM) as tx:
        return held(ports, tx, token=token)


def test_it_has_what_is_theirs_and_nothing_of_others(ports: Ports) -> None:
    casey, dana = a_customer(ports), a_customer(ports)
    session_id = talk(ports, casey)
    talk(ports, dana)

    copy = dict(copy_of(ports, present=who_is(ports, casey)))

    told = {section: copy[section.name.lower()] for section in Section}
    assert [row["id"] for row in told[Section.SESSIONS]] == [session_id]
    assert [row["text"] for row in told[Section.MESSAGES]] == ["I am customer", "I am here."]
    assert [row["vehicle_make"] for row in told[Section.INTAKES]] == ["Honda"]
    assert [row["full_name"] for row in told[Section.WAIVERS]] == ["Casey Driver"]
    assert [row["address"] for row in told[Section.LOGINS]] == ["192.0.2.7"]
    security = [row["kind"] for row in told[Section.SECURITY]]
    assert security == [SecurityKind.LOGGED_IN, SecurityKind.DATA_EXPORTED]


def test_it_has_what_was_told_beside_the_sessions(ports: Ports) -> None:
    casey, dana = a_customer(ports), a_customer(ports)
    liked = a_mechanic(ports)
    for who in (casey, dana):
        change_customer(ports, actor=who, home=Home(city="Toronto", country="CA"))
        add_vehicle(ports, actor=who, form=VehicleForm(year=2015, make="Honda", model="Civic"))
        add_favorite(ports, actor=who, mechanic_id=liked.mechanic_id)
        choose(ports, actor=who, muted=frozenset({choosable(Role.CUSTOMER)[0]}))
    in_trade(ports, casey)

    copy = dict(copy_of(ports, present=who_is(ports, casey)))

    told = {section: copy[section.name.lower()] for section in Section}
    assert [row["city"] for row in told[Section.DETAILS]] == ["Toronto"]
    assert [row["make"] for row in told[Section.VEHICLES]] == ["Honda"]
    assert [row["mechanic_id"] for row in told[Section.FAVORITES]] == [liked.mechanic_id]
    assert [row["role"] for row in told[Section.SWITCHED_OFF]] == ["customer"]
    assert [row["insurance_number"] for row in told[Section.PARTICULARS]] == ["INS 1"]
    (draft,) = told[Section.DRAFTS]
    assert draft["answers"]["full_name"] == "Casey Driver"
    assert [row["number"] for row in told[Section.DOCUMENTS]] == ["DOC 1"]
    msgspec.json.encode(copy)


def in_trade(ports: Ports, who: Actor) -> None:
    """The same person as a mechanic: what was told, begun and sent in."""
    mechanic_id, at = MechanicId(who.account_id), ports.now()
    file_id = FileId(ports.ids.new())
    file = File(
        id=file_id,
        owner_id=who.account_id,
        name="paper.pdf",
        media_type="application/pdf",
        kind="document",
        size_bytes=9,
        storage_key=f"uploads/{file_id}.pdf",
        created_at=at,
        stored_at=at,
        purpose=FilePurpose.DOCUMENT,
    )
    with ports.transactions(who) as tx:
        tx.mechanics.add(Mechanic(id=mechanic_id, name="Casey Driver"))
        tx.particulars.save(Particulars(id=mechanic_id, insurance_number="INS 1"))
        tx.drafts.add(
            Draft(
                id=DraftId(ports.ids.new()),
                answers=Answers(full_name="Casey Driver"),
                created_at=at,
                changed_at=at,
                account_id=who.account_id,
            )
        )
        tx.files.add(file)
        tx.submitted_documents.add(
            Document(
                id=DocumentId(ports.ids.new()),
                subject_id=mechanic_id,
                file_id=file_id,
                kind=DocumentKind.OTHER,
                uploaded_at=at,
                number="DOC 1",
            )
        )


def test_no_secret_or_hash_is_in_it(ports: Ports) -> None:
    who = who_is(ports, a_customer(ports))

    names = {
        name
        for _, content in copy_of(ports, present=who)
        if isinstance(content, tuple)
        for row in content
        for name in row
    }

    assert names
    assert not [name for name in names if "hash" in name or "secret" in name or "token" in name]
