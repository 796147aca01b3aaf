"""Work that met others is done again: a few times, and only while it has committed nothing."""

import pytest

from autodoctor.adapters.postgres.transactions import ATTEMPTS_MAX
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.transactions import Contended
from support.postgres import Database


class Work:
    """Meets others so many times, having committed a transaction before or not."""

    def __init__(self, database: Database, *, times: int, commits: bool = False) -> None:
        self._kept = database.transactions
        self._times = times
        self._commits = commits
        self.tries = 0

    def __call__(self) -> str:
        self.tries += 1
        if self._commits:
            with self._kept(SYSTEM):
                """Nothing is needed for it to be committed."""
        if self.tries <= self._times:
            raise Contended()
        return "done"


@pytest.mark.parametrize("times", range(ATTEMPTS_MAX))
def test_it_is_done_again_until_it_is_alone(database: Database, times: int) -> None:
    work = Work(database, times=times)

    assert database.transactions.again(work) == "done"
    assert work.tries == times + 1


def test_it_gives_up_after_a_few_tries(database: Database) -> None:
    work = Work(database, times=99)

    with pytest.raises(Contended):
        database.transactions.again(work)

    assert work.tries == ATTEMPTS_MAX


def test_what_has_committed_something_is_not_done_twice(database: Database) -> None:
    work = Work(database, times=99, commits=True)

    with pytest.raises(Contended):
        database.transactions.again(work)

    assert work.tries == 1
