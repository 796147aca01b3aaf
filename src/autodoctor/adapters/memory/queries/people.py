"""People as staff list them, over what was committed in memory."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import attrs

from autodoctor.adapters.memory.tables import Tables
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import MechanicId
from autodoctor.ports.people_queries import (
    MechanicFacts,
    PeopleFigures,
    PersonFilter,
    PersonView,
)


def _view(tables: Tables, account: Account) -> PersonView:
    seen = (each.seen_at for each in tables.logins.values() if each.account_id == account.id)
    booked = (each for each in tables.sessions.values() if each.customer_id == account.id)
    mechanic = tables.mechanics.get(MechanicId(account.id))
    worn = Role.MECHANIC in account.roles
    return PersonView(
        id=account.id,
        name=account.name,
        email=account.email.text,
        phone=account.phone,
        roles=account.roles,
        standing=account.standing,
        suspended_until=account.suspended_until,
        verified_at=account.verified_at,
        created_at=account.created_at,
        seen_at=max(seen, default=None),
        booked=sum(1 for _ in booked),
        mechanic=_facts(mechanic) if mechanic and worn else None,
    )


def _facts(mechanic: Mechanic) -> MechanicFacts:
    return MechanicFacts(
        approved=mechanic.approved,
        on_shift=mechanic.on_shift,
        city=mechanic.city,
        profile_completion=mechanic.profile_completion,
        papers_expire_on=mechanic.papers_expire_on,
        reputation=mechanic.reputation,
        completed_sessions=mechanic.completed_sessions,
    )


def _fits(view: PersonView, which: PersonFilter) -> bool:
    approved = view.mechanic is not None and view.mechanic.approved
    texts = (view.name, view.email, view.phone)
    return (
        (which.role is None or which.role in view.roles)
        and which.standing in (None, view.standing_at(which.at))
        and which.verified in (None, view.verified_at is not None)
        and which.approved in (None, approved)
        and any(which.text.lower() in text.lower() for text in texts)
    )


@attrs.frozen
class MemoryPeopleQueries:
    _kept: MemoryTransactions

    def some(self, which: PersonFilter, /) -> tuple[PersonView, ...]:
        return tuple(self._all(which)[which.skip : which.skip + which.most])

    def count(self, which: PersonFilter, /) -> int:
        return len(self._all(which))

    def stream(self, which: PersonFilter, /) -> Iterator[PersonView]:
        return iter(self._all(which))

    def figures(self, *, at: datetime, since: datetime) -> PeopleFigures:
        accounts = self._kept.tables.accounts.values()
        standings = Counter(each.standing_at(at) for each in accounts)
        here = [each for each in accounts if each.standing is not Standing.CLOSED]
        people = (role for role in Role if role is not Role.SYSTEM)
        logins = self._kept.tables.logins.values()
        used = {one.account_id for one in logins if not one.ended_at and one.seen_at > since}
        return PeopleFigures(
            by_role={role: sum(role in each.roles for each in here) for role in people},
            suspended=standings[Standing.SUSPENDED],
            banned=standings[Standing.BANNED],
            logged_in=len(used),
        )

    def _all(self, which: PersonFilter) -> list[PersonView]:
        tables = self._kept.tables
        views = [_view(tables, each) for each in tables.accounts.values()]
        found = (view for view in views if _fits(view, which))
        return sorted(found, key=lambda view: (view.created_at, view.id), reverse=True)
