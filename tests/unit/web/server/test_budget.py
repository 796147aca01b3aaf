import pytest

from autodoctor.entrypoints.web.server.budget import (
    ALL_BYTES_MAX,
    FREE_BYTES,
    MIB,
    NETWORK_BYTES_MAX,
    Budget,
    BudgetSpent,
)


def test_a_network_sends_so_much_at_once_and_no_more() -> None:
    budget = Budget()

    with budget.reserved("a", NETWORK_BYTES_MAX):
        with pytest.raises(BudgetSpent), budget.reserved("a", FREE_BYTES + 1):
            pass
        with budget.reserved("b", NETWORK_BYTES_MAX), budget.reserved("a", FREE_BYTES):
            pass

    with budget.reserved("a", NETWORK_BYTES_MAX):
        pass


def test_all_together_have_a_limit_too() -> None:
    budget, open_ = Budget(), []
    for number in range(ALL_BYTES_MAX // NETWORK_BYTES_MAX):
        reserved = budget.reserved(str(number), NETWORK_BYTES_MAX)
        reserved.__enter__()
        open_.append(reserved)

    with pytest.raises(BudgetSpent), budget.reserved("another", 2 * MIB):
        pass

    open_[0].__exit__(None, None, None)
    with budget.reserved("another", 2 * MIB):
        pass
