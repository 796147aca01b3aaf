"""Who holds a key of a company acts for it, until something ends it."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.access.api_keys import KEYS
from autodoctor.application.access.employees import EMPLOY, EMPLOYEES
from autodoctor.application.access.may import NotForKeys, SeatTooLow, may
from autodoctor.application.corporate.api_keys import NewKey, keys, make_key, revoke_key
from autodoctor.application.corporate.by_key import hold_key
from autodoctor.application.corporate.seats import take_seat
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.api_key import KEYS_MAX, Scope, TooManyApiKeys
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, memory_town
from support.corporate import a_company, who_runs


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def boss(town: Town) -> Actor:
    return who_runs(town.kept, a_company(town.kept))


def a_key(town: Town, actor: Actor, scope: Scope = Scope.MANAGE, days: int | None = None) -> NewKey:
    return make_key(town.ports, actor=actor, name="Payroll", scope=scope, days=days)


def holder(town: Town, made: NewKey) -> Actor | None:
    return hold_key(town.ports, key=made.text)


def changed(town: Town, actor: Actor, **changes: object) -> Account:
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
        return tx.accounts.save(attrs.evolve(account, **changes))


@pytest.mark.parametrize(("scope", "seat"), [(Scope.READ, Seat.VIEWER), (Scope.MANAGE, Seat.ADMIN)])
def test_its_holder_acts_for_the_company(town: Town, boss: Actor, scope: Scope, seat: Seat) -> None:
    made = a_key(town, boss, scope)

    assert holder(town, made) == Actor(
        boss.account_id,
        Role.CORPORATE,
        organization_id=boss.organization_id,
        seat=seat,
        key_id=made.key.id,
    )


def test_a_wrong_key_is_nobodys(town: Town, boss: Actor) -> None:
    made = a_key(town, boss)

    assert hold_key(town.ports, key=made.text[:-1]) is None
    assert hold_key(town.ports, key=made.key.prefix) is None


def test_a_key_that_is_revoked_or_expired_opens_nothing(town: Town, boss: Actor) -> None:
    revoked, short = a_key(town, boss), a_key(town, boss, days=1)

    first = revoke_key(town.ports, actor=boss, key_id=revoked.key.id)
    assert revoke_key(town.ports, actor=boss, key_id=revoked.key.id) == first
    assert holder(town, revoked) is None
    assert holder(town, short) is not None
    town.clock.advance(timedelta(days=1))
    assert holder(town, short) is None


def test_a_suspended_company_has_no_keys_while_it_is(town: Town, boss: Actor) -> None:
    made = a_key(town, boss)
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(boss.organization_id)  # type: ignore[arg-type]
        put_out = tx.organizations.save(company.suspend("unpaid", at=town.clock.now()))
    assert holder(town, made) is None

    with town.kept(SYSTEM) as tx:
        tx.organizations.save(put_out.reinstate())
    assert holder(town, made) is not None


def test_a_key_dies_with_the_seat_of_who_made_it(town: Town, boss: Actor) -> None:
    with town.kept(SYSTEM) as tx:
        company = tx.organizations.get(boss.organization_id)  # type: ignore[arg-type]
    admin = who_runs(town.kept, company, Seat.ADMIN)
    made = a_key(town, admin)

    take_seat(town.ports, actor=boss, account_id=admin.account_id)

    assert holder(town, made) is None


def test_a_key_has_no_more_than_its_maker_has_now(town: Town, boss: Actor) -> None:
    made = a_key(town, boss)

    changed(town, boss, organization_seat=Seat.VIEWER)

    found = holder(town, made)
    assert found is not None
    assert found.seat is Seat.VIEWER


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.BANNED, Standing.CLOSED])
def test_a_key_of_somebody_who_is_out_opens_nothing(
    town: Town, boss: Actor, standing: Standing
) -> None:
    made = a_key(town, boss)

    changed(town, boss, standing=standing)

    assert holder(town, made) is None


def test_its_use_is_told_to_the_minute(town: Town, boss: Actor) -> None:
    made = a_key(town, boss)
    first = town.clock.now()
    holder(town, made)
    town.clock.advance(timedelta(seconds=59))
    holder(town, made)

    (listed,) = keys(town.ports, actor=boss)
    assert listed.key.used_at == first
    assert listed.made_by == "Fran Fleet"

    town.clock.advance(timedelta(seconds=1))
    holder(town, made)
    (listed,) = keys(town.ports, actor=boss)
    assert listed.key.used_at == town.clock.now()


def test_a_key_does_what_its_scope_says_and_makes_no_keys(town: Town, boss: Actor) -> None:
    reads = holder(town, a_key(town, boss, Scope.READ))
    manages = holder(town, a_key(town, boss))
    assert reads is not None
    assert manages is not None

    may(reads, EMPLOYEES)
    may(manages, EMPLOY)

    with pytest.raises(SeatTooLow):
        may(reads, EMPLOY)
    with pytest.raises(NotForKeys):
        may(manages, KEYS)
    with pytest.raises(NotForKeys):
        a_key(town, manages)


def test_keys_of_another_company_are_not_there(town: Town, boss: Actor) -> None:
    made = a_key(town, boss)
    other = who_runs(town.kept, a_company(town.kept))

    assert keys(town.ports, actor=other) == ()
    with pytest.raises(Missing):
        revoke_key(town.ports, actor=other, key_id=made.key.id)


def test_a_company_has_so_many_keys_that_open_something(town: Town, boss: Actor) -> None:
    made = [a_key(town, boss) for _ in range(KEYS_MAX)]
    with pytest.raises(TooManyApiKeys):
        a_key(town, boss)

    revoke_key(town.ports, actor=boss, key_id=made[0].key.id)

    a_key(town, boss)
