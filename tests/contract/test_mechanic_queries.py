"""Lists about mechanics tell the same of what is kept in memory and in PostgreSQL."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import attrs
import pytest

from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.room.report import Rating
from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, DocumentId, FileId, MechanicId
from autodoctor.domain.vetting.document import Document, DocumentKind, DocumentStatus
from autodoctor.ports.queries import Queries
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.postgres import Database
from support.scenery import AT, a_kept_session, a_mechanic
from support.vetting import DAY, a_file, new_document

STAFF = AccountId(uuid4())


@pytest.fixture
def queries(request: pytest.FixtureRequest, kept: Transactions) -> Queries:
    if isinstance(kept, MemoryTransactions):
        return MemoryQueries(kept)
    database: Database = request.getfixturevalue("database")
    return database.queries


def shown(kept: Transactions, owner: Actor, *, days: int = 0) -> Document:
    document = new_document(
        kept,
        subject_id=owner.mechanic_id,
        file_id=a_file(kept, owner),
        kind=DocumentKind.LICENCE,
        number="310S-1",
        uploaded_at=AT + days * DAY,
    )
    with kept(SYSTEM) as tx:
        tx.submitted_documents.add(document)
    return document


def test_documents_of_mechanics_are_listed_newest_first_by_state(
    kept: Transactions, queries: Queries
) -> None:
    owner = a_mechanic(kept)
    old, new = shown(kept, owner), shown(kept, owner, days=1)
    of_a_workshop = new_document(kept)
    with kept(SYSTEM) as tx:
        tx.submitted_documents.save(old.approve(by=STAFF, at=AT)[0])
        tx.submitted_documents.add(of_a_workshop)

    def listed(
        status: DocumentStatus | None = None, before: datetime | None = None
    ) -> list[DocumentId]:
        found = queries.mechanics.documents(status=status, before=before, most=9)
        return [each.id for each in found]

    assert listed() == [new.id, old.id]
    assert listed(status=DocumentStatus.APPROVED) == [old.id]
    assert listed(before=new.uploaded_at) == [old.id]
    assert len(queries.mechanics.documents(status=None, before=None, most=1)) == 1
    [view] = [
        each
        for each in queries.mechanics.documents(status=None, before=None, most=9)
        if each.id == new.id
    ]
    assert (view.mechanic_name, view.file_name) == ("Morgan Wrench", "papers.pdf")
    assert (view.kind, view.number) == (DocumentKind.LICENCE, "310S-1")


def rated(kept: Transactions, mechanic: Actor, stars: int, *, days: int = 0) -> Rating:
    session = a_kept_session(kept, status=SessionStatus.COMPLETED, mechanic=mechanic.account_id)
    rating = Rating(
        session_id=session.id,
        mechanic_id=mechanic.mechanic_id,
        stars=stars,
        review=f"{stars} stars",
        rated_at=AT + days * DAY,
    )
    with kept(Actor(AccountId(session.customer_id), Role.CUSTOMER)) as tx:
        tx.ratings.add(rating, customer_id=session.customer_id)
    return rating


def test_reviews_tell_a_first_name_and_nothing_else_of_the_customer(
    kept: Transactions, queries: Queries
) -> None:
    mechanic, other = a_mechanic(kept), a_mechanic(kept)
    rated(kept, mechanic, 4)
    newest = rated(kept, mechanic, 5, days=1)
    rated(kept, other, 1)

    first, second = queries.mechanics.reviews(mechanic.mechanic_id, before=None, most=9)

    assert (first.stars, first.review, first.rated_at) == (5, "5 stars", newest.rated_at)
    assert (first.customer_first_name, first.plan_name) == ("Casey", "Full Diagnostic")
    assert "Driver" not in str(attrs.asdict(first))
    later = queries.mechanics.reviews(mechanic.mechanic_id, before=newest.rated_at, most=9)
    assert later == (second,)
    assert queries.mechanics.stars(mechanic.mechanic_id) == {4: 1, 5: 1}
    assert queries.mechanics.stars(MechanicId(uuid4())) == {}


REMOVERS: dict[str, Callable[[Actor], Actor]] = {
    "the platform": lambda _owner: SYSTEM,
    "its owner": lambda owner: owner,
}


@pytest.mark.parametrize("remover", sorted(REMOVERS))
def test_a_file_is_removed_by_the_platform_alone(kept: Transactions, remover: str) -> None:
    owner = a_mechanic(kept)
    file_id: FileId = a_file(kept, owner)

    with kept(REMOVERS[remover](owner)) as tx:
        tx.files.remove(file_id)

    with kept(SYSTEM) as tx:
        if remover == "its owner":
            assert tx.files.get(file_id).id == file_id
            return
        tx.files.remove(file_id)
        with pytest.raises(Missing):
            tx.files.get(file_id)
