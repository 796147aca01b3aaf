"""Timers: one per kind and subject, claimed by one, coming up again until they are done."""

from datetime import timedelta
from uuid import uuid4

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import Due
from autodoctor.ports.transactions import Transactions
from support.scenery import AT

LEASE = timedelta(seconds=30)


def claimed(kept: Transactions, *subjects: object, after: timedelta = timedelta(0)) -> list[Due]:
    """What is claimed now, of these subjects."""
    at = AT + after
    with kept(SYSTEM) as tx:
        due = tx.timers.claim(at=at, lease=at + LEASE, most=50)
    return [each for each in due if each.subject_id in subjects]


def test_the_oldest_is_claimed_first_and_by_nobody_else(kept: Transactions) -> None:
    late, early = uuid4(), uuid4()
    with kept(SYSTEM) as tx:
        tx.timers.set("no_show", late, due_at=AT)
        tx.timers.set("no_show", early, due_at=AT - timedelta(minutes=1))

    first = claimed(kept, late, early)
    second = claimed(kept, late, early)

    assert [due.subject_id for due in first] == [early, late]
    assert second == []


def test_what_is_not_done_comes_up_again_when_its_lease_is_over(kept: Transactions) -> None:
    subject = uuid4()
    with kept(SYSTEM) as tx:
        tx.timers.set("run_out", subject, due_at=AT)
    claimed(kept, subject)

    again = claimed(kept, subject, after=LEASE)
    with kept(SYSTEM) as tx:
        tx.timers.done(again[0])

    assert len(again) == 1
    assert claimed(kept, subject, after=3 * LEASE) == []


def test_one_that_is_set_anew_outlives_the_claim(kept: Transactions) -> None:
    subject, later = uuid4(), AT + timedelta(hours=1)
    with kept(SYSTEM) as tx:
        tx.timers.set("archive", subject, due_at=AT)
    (due,) = claimed(kept, subject)

    with kept(SYSTEM) as tx:
        tx.timers.set("archive", subject, due_at=later)
        tx.timers.done(due)

    assert len(claimed(kept, subject, after=timedelta(hours=1))) == 1


def test_replacing_clears_what_is_none_and_leaves_what_is_not_named(kept: Transactions) -> None:
    subject = uuid4()
    with kept(SYSTEM) as tx:
        tx.timers.replace(subject, {"no_show": AT, "run_out": AT, "archive": AT})
        tx.timers.replace(subject, {"no_show": None, "run_out": AT + timedelta(days=9)})

    assert [due.kind for due in claimed(kept, subject)] == ["archive"]
