"""What customers told about themselves, and what people switched off, as it is kept."""

import attrs
import pytest

from autodoctor.domain.garage.details import CustomerDetails, Home
from autodoctor.domain.notifications.choices import Choice, choosable
from autodoctor.domain.notifications.table import Channel, Occasion
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.stores import Stale
from autodoctor.ports.transactions import Transactions
from support.scenery import an_account

HOME = Home(
    street="1 King St W", city="Toronto", province="ON", postal_code="M5H 1A1", country="CA"
)
OFF = frozenset({Choice(Occasion.SESSION_ENDED, Channel.EMAIL)})


def test_everybody_begins_with_blank_ones(kept: Transactions) -> None:
    casey = an_account(kept).customer_id

    with kept(SYSTEM) as tx:
        assert tx.customer_details.get(casey) == CustomerDetails(id=casey)


def test_they_are_saved_by_their_version(kept: Transactions) -> None:
    casey = an_account(kept).customer_id
    told = CustomerDetails(id=casey, home=HOME)
    with kept(SYSTEM) as tx:
        first = tx.customer_details.save(told)
    with kept(SYSTEM) as tx:
        second = tx.customer_details.save(attrs.evolve(first, home=Home()))

    for stale in (told, first):
        with pytest.raises(Stale), kept(SYSTEM) as tx:
            tx.customer_details.save(stale)
    with kept(SYSTEM) as tx:
        assert tx.customer_details.get(casey) == second
    assert (second.home, second.version) == (Home(), 2)


def test_choices_are_one_persons_in_one_role_and_replace_each_other(kept: Transactions) -> None:
    casey, dana = an_account(kept).account_id, an_account(kept).account_id
    everything = frozenset(choosable(Role.CUSTOMER))
    with kept(SYSTEM) as tx:
        tx.choices.mute(casey, Role.CUSTOMER, everything)
        tx.choices.mute(casey, Role.MECHANIC, OFF)
        tx.choices.mute(dana, Role.CUSTOMER, OFF)
        tx.choices.mute(casey, Role.CUSTOMER, OFF)
        tx.choices.mute(dana, Role.CUSTOMER, frozenset())

    with kept(SYSTEM) as tx:
        assert tx.choices.muted(casey, Role.CUSTOMER) == OFF
        assert tx.choices.muted(casey, Role.MECHANIC) == OFF
        assert tx.choices.muted(dana, Role.CUSTOMER) == frozenset()


def test_who_leaves_takes_both_along(kept: Transactions) -> None:
    casey = an_account(kept).customer_id
    with kept(SYSTEM) as tx:
        tx.customer_details.save(CustomerDetails(id=casey, home=HOME))
        tx.choices.mute(AccountId(casey), Role.CUSTOMER, OFF)

    with kept(SYSTEM) as tx:
        tx.erasure.forget(AccountId(casey))

    with kept(SYSTEM) as tx:
        assert tx.customer_details.get(casey) == CustomerDetails(id=casey)
        assert tx.choices.muted(AccountId(casey), Role.CUSTOMER) == frozenset()
