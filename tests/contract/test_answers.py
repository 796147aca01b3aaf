"""Answers under keys: one holder at a time, one answer, kept until they are forgotten."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.answers import Answer, Asked, KeyLost, Known
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account

LEASE = timedelta(seconds=60)
TICK = timedelta(microseconds=1)
ANSWER = Answer(201, "application/json", b'{"id": "\xc3\xbc"}')


@pytest.fixture
def asked(kept: Transactions) -> Asked:
    return Asked(an_account(kept).account_id, "a key of mine", b"\0fingerprint")


def hold(kept: Transactions, asked: Asked, *, after: timedelta = timedelta(0)) -> Known:
    at = AT + after
    with kept(SYSTEM) as tx:
        return tx.answers.hold(asked, new_id=uuid4(), at=at, lease=at + LEASE)


def keep(kept: Transactions, held: Known, answer: Answer = ANSWER) -> None:
    with kept(SYSTEM) as tx:
        tx.answers.keep(held, answer)


def let_go(kept: Transactions, held: Known) -> None:
    with kept(SYSTEM) as tx:
        tx.answers.let_go(held)


def test_the_first_one_holds_the_key_and_the_second_one_does_not(
    kept: Transactions, asked: Asked
) -> None:
    first, second = hold(kept, asked), hold(kept, asked)

    assert (first.mine, first.asked, first.lease) == (True, asked, AT + LEASE)
    assert second == attrs.evolve(first, mine=False)


def test_an_answer_is_kept_byte_for_byte(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    keep(kept, held)

    assert hold(kept, asked, after=timedelta(days=1)) == attrs.evolve(
        held, mine=False, answer=ANSWER
    )


def test_an_answer_may_have_no_body(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    keep(kept, held, Answer(204, "", b""))

    assert hold(kept, asked).answer == Answer(204, "", b"")


def test_the_key_of_somebody_else_is_another_key(kept: Transactions, asked: Asked) -> None:
    hold(kept, asked)

    assert hold(kept, attrs.evolve(asked, account_id=an_account(kept).account_id)).mine
    assert hold(kept, attrs.evolve(asked, key="another")).mine


def test_another_request_learns_what_the_key_was_for(kept: Transactions, asked: Asked) -> None:
    hold(kept, asked)

    other = hold(kept, attrs.evolve(asked, fingerprint=b"other"), after=10 * LEASE)

    assert (other.mine, other.asked) == (False, asked)


def test_a_lease_that_has_ended_frees_the_key(kept: Transactions, asked: Asked) -> None:
    first = hold(kept, asked)

    assert not hold(kept, asked, after=LEASE - TICK).mine
    second = hold(kept, asked, after=LEASE)

    assert (second.id, second.mine, second.lease) == (first.id, True, AT + 2 * LEASE)


def test_the_first_answer_stays(kept: Transactions, asked: Asked) -> None:
    slow = hold(kept, asked)
    quick = hold(kept, asked, after=LEASE)
    keep(kept, quick)

    keep(kept, slow, Answer(500, "", b"late"))

    assert hold(kept, asked).answer == ANSWER


def test_what_was_let_go_is_as_if_nobody_had_asked(kept: Transactions, asked: Asked) -> None:
    let_go(kept, hold(kept, asked))

    assert hold(kept, attrs.evolve(asked, fingerprint=b"mended")).mine


def test_who_was_too_slow_takes_the_key_from_nobody(kept: Transactions, asked: Asked) -> None:
    slow = hold(kept, asked)
    hold(kept, asked, after=LEASE)

    let_go(kept, slow)

    assert not hold(kept, asked, after=LEASE).mine


def test_an_answer_cannot_be_let_go(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    keep(kept, held)

    let_go(kept, held)

    assert hold(kept, asked).answer == ANSWER


def test_a_forgotten_answer_is_gone(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    keep(kept, held)

    with kept(SYSTEM) as tx:
        tx.answers.forget(held.id)
        tx.answers.forget(held.id)

    assert hold(kept, asked).mine


def rename(kept: Transactions, asked: Asked) -> None:
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(asked.account_id, lock=True)
        tx.accounts.save(attrs.evolve(account, name=f"{account.name} again"))


def name_of(kept: Transactions, asked: Asked) -> str:
    with kept(SYSTEM) as tx:
        return tx.accounts.get(asked.account_id).name


def test_what_is_changed_under_a_key_is_performed_and_never_free_again(
    kept: Transactions, asked: Asked
) -> None:
    rename(kept.under(hold(kept, asked)), asked)

    later = hold(kept, asked, after=10 * LEASE)

    assert (later.mine, later.performed, later.answer) == (False, True, None)


def test_looking_performs_nothing(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    name_of(kept.under(held), asked)

    assert hold(kept, asked, after=LEASE).mine


def change_in_vain(kept: Transactions, asked: Asked) -> None:
    with kept(SYSTEM) as tx:
        account = tx.accounts.get(asked.account_id, lock=True)
        tx.accounts.save(attrs.evolve(account, name="Rolled back"))
        tx.accounts.get(AccountId(uuid4()))


def test_what_is_rolled_back_was_not_performed(kept: Transactions, asked: Asked) -> None:
    with pytest.raises(Missing):
        change_in_vain(kept.under(hold(kept, asked)), asked)

    assert hold(kept, asked, after=LEASE).mine


def test_who_has_lost_the_key_changes_nothing(kept: Transactions, asked: Asked) -> None:
    slow, before = hold(kept, asked), name_of(kept, asked)
    hold(kept, asked, after=LEASE)

    with pytest.raises(KeyLost):
        rename(kept.under(slow), asked)

    assert name_of(kept, asked) == before


def test_letting_go_of_what_was_performed_loses_its_answer(
    kept: Transactions, asked: Asked
) -> None:
    held = hold(kept, asked)
    rename(kept.under(held), asked)
    let_go(kept, held)

    known = hold(kept, asked)

    assert (known.mine, known.performed) == (False, True)
    assert known.lease <= AT


def test_the_answer_of_what_was_performed_is_kept(kept: Transactions, asked: Asked) -> None:
    held = hold(kept, asked)
    rename(kept.under(held), asked)
    keep(kept, held)

    assert hold(kept, asked).answer == ANSWER
