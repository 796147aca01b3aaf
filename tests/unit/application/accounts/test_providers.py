"""Logging in with another provider."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.adapters.memory.identity_providers import MemoryIdentityProviders
from autodoctor.application.accounts.agreements import agree
from autodoctor.application.accounts.opening import LogInToLink
from autodoctor.application.accounts.providers import (
    VISIT_LASTS,
    AddressUnverified,
    Back,
    NoSuchHat,
    OnlyWayIn,
    come_back,
    leave_for,
    linked_providers,
    unlink,
)
from autodoctor.application.accounts.sign_in import Present, authenticate
from autodoctor.domain.accounts.consent import REQUIRED, ConsentKind
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.domain.accounts.login import Stage
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.ports.identity import IdentityRefused, IdentityTaken, ProviderUnknown
from autodoctor.testing.ports import Town, memory_town
from support.newcomers import EMAIL, PASSWORD, confirmed, letters, logged_in, newcomer, present

SOMEBODY = Claimed("example", "subject-1", "dana@example.com", True, "Dana Whitfield")


@pytest.fixture
def provider() -> MemoryIdentityProviders:
    return MemoryIdentityProviders()


@pytest.fixture
def town(provider: MemoryIdentityProviders) -> Town:
    town = memory_town()
    return attrs.evolve(town, ports=attrs.evolve(town.ports, providers=provider))


def there_and_back(
    town: Town,
    claimed: Claimed = SOMEBODY,
    *,
    role: Role = Role.CUSTOMER,
    who: Present | None = None,
) -> Back:
    providers = town.ports.providers
    assert isinstance(providers, MemoryIdentityProviders)
    leaving = leave_for(town.ports, "example", role=role, following="/intake", present=who)
    providers.says["code"] = claimed
    return back(town, leaving.state, who=who)


def back(town: Town, state: str, *, who: Present | None = None) -> Back:
    came = come_back(
        town.ports, "example", state=state, code="code", present=who, address="", agent=""
    )
    assert isinstance(came, Back), "the provider vouches for the address"
    return came


def test_a_newcomer_gets_an_account_and_has_to_agree_before_it_opens(town: Town) -> None:
    came = there_and_back(town)

    assert came.following == "/intake"
    assert came.signed_in is not None
    account = came.signed_in.account
    assert (account.email.text, account.name, account.verified) == (
        "dana@example.com",
        "Dana Whitfield",
        True,
    )
    assert came.signed_in.stage is Stage.AGREEMENTS
    assert authenticate(town.ports, token=came.signed_in.token) is None
    with pytest.raises(InvalidField):
        agree(town.ports, token=came.signed_in.token, consents=frozenset({ConsentKind.MARKETING}))

    done = agree(town.ports, token=came.signed_in.token, consents=frozenset(REQUIRED))

    assert authenticate(town.ports, token=done.token) is not None


def test_the_second_time_it_is_the_same_person(town: Town) -> None:
    first, second = there_and_back(town).signed_in, there_and_back(town).signed_in

    assert first is not None
    assert second is not None
    assert first.account.id == second.account.id


def test_for_staff_an_address_that_is_not_verified_joins_and_opens_nothing(town: Town) -> None:
    """Customers show which is theirs: see `test_claims`."""
    newcomer(town)

    for email in (EMAIL, "nobody@example.com"):
        claimed = attrs.evolve(SOMEBODY, email=email, email_verified=False)
        with pytest.raises(AddressUnverified):
            there_and_back(town, claimed, role=Role.MECHANIC)

    assert town.kept.tables.identities == {}
    assert len(town.kept.tables.accounts) == 1


def test_a_verified_address_of_an_account_joins_it_only_after_logging_in(town: Town) -> None:
    newcomer(town)
    claimed = attrs.evolve(SOMEBODY, email=EMAIL)

    with pytest.raises(LogInToLink):
        there_and_back(town, claimed)
    who = confirmed(town.ports, logged_in(town))
    assert there_and_back(town, claimed, who=who).signed_in is None

    came = there_and_back(town, claimed)

    assert came.signed_in is not None
    assert came.signed_in.account.id == who.account.id
    assert came.signed_in.stage is Stage.COMPLETE
    assert letters(town)[-1].subject == "Another way to log in was added"


def test_one_comes_back_once_in_time_and_to_whom_one_left_for(town: Town) -> None:
    leaving = leave_for(town.ports, "example", role=Role.CUSTOMER)
    with pytest.raises(IdentityRefused):
        back(town, "another state")
    with pytest.raises(IdentityRefused):
        back(town, leaving.state)
    with pytest.raises(IdentityRefused):
        back(town, leaving.state)
    late = leave_for(town.ports, "example", role=Role.CUSTOMER)
    town.clock.advance(VISIT_LASTS + timedelta(seconds=1))
    with pytest.raises(IdentityRefused):
        back(town, late.state)
    with pytest.raises(ProviderUnknown):
        leave_for(town.ports, "missing", role=Role.CUSTOMER)


def test_what_is_linked_to_somebody_is_not_linked_to_somebody_else(town: Town) -> None:
    there_and_back(town)
    newcomer(town)

    with pytest.raises(IdentityTaken):
        there_and_back(town, who=confirmed(town.ports, logged_in(town)))


def test_linking_counts_only_for_the_login_that_left(town: Town) -> None:
    newcomer(town)
    newcomer(town, email="eve@example.com")
    casey = confirmed(town.ports, logged_in(town))
    eve = present(town.ports, logged_in(town, email="eve@example.com"))
    leaving = leave_for(town.ports, "example", role=Role.CUSTOMER, present=casey)

    with pytest.raises(IdentityRefused):
        back(town, leaving.state, who=eve)


def test_staff_have_to_be_staff_before(town: Town) -> None:
    with pytest.raises(NoSuchHat):
        there_and_back(town, role=Role.CORPORATE)
    there_and_back(town)
    with pytest.raises(NoSuchHat):
        there_and_back(town, role=Role.ADMIN)


def test_the_only_way_in_is_not_taken_away(town: Town) -> None:
    came = there_and_back(town).signed_in
    assert came is not None
    inside = agree(town.ports, token=came.token, consents=frozenset(REQUIRED))
    who = present(town.ports, inside.token)

    with pytest.raises(OnlyWayIn):
        unlink(town.ports, present=who, slug="example")

    newcomer(town)
    casey = confirmed(town.ports, logged_in(town, password=PASSWORD))
    there_and_back(town, attrs.evolve(SOMEBODY, subject="subject-2"), who=casey)
    unlink(town.ports, present=casey, slug="example")
    assert linked_providers(town.ports, present=casey) == frozenset()
