from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from autodoctor.domain.accounts.consent import (
    REQUIRED,
    VERSIONS,
    Consent,
    ConsentKind,
    changed_since,
    give,
    is_asked,
)
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
ADA = AccountId(UUID(int=1))
ALL = frozenset(ConsentKind)
NEEDED = ALL - {ConsentKind.MARKETING}


def test_a_sign_up_needs_everything_but_marketing() -> None:
    assert set(REQUIRED) == NEEDED

    given = give(account_id=ADA, kinds=NEEDED, at=NOW)

    assert {consent.kind for consent in given} == NEEDED


def test_consents_keep_version_and_time() -> None:
    given = give(account_id=ADA, kinds=ALL, at=NOW)

    assert given == tuple(Consent(ADA, kind, VERSIONS[kind], NOW) for kind in ConsentKind)
    assert all(VERSIONS.values())


@pytest.mark.parametrize("missing", REQUIRED)
def test_each_that_is_missing_is_named_with_a_reason(missing: ConsentKind) -> None:
    with pytest.raises(InvalidField) as refused:
        give(account_id=ADA, kinds=ALL - {missing}, at=NOW)

    assert refused.value.field == missing
    assert refused.value.reason


def test_the_first_one_missing_is_named_first() -> None:
    with pytest.raises(InvalidField) as refused:
        give(account_id=ADA, kinds=frozenset(), at=NOW)

    assert refused.value.field == "adult"


def in_older_version(*kinds: ConsentKind) -> tuple[Consent, ...]:
    return tuple(
        attrs.evolve(each, version="2020-01") if each.kind in kinds else each
        for each in give(account_id=ADA, kinds=NEEDED, at=NOW)
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", REQUIRED)
def test_who_agreed_to_an_older_version_is_asked_again_in_every_role(
    role: Role, kind: ConsentKind
) -> None:
    older = in_older_version(kind)
    again = Consent(ADA, kind, VERSIONS[kind], NOW)

    assert changed_since(older) == (kind,)
    assert is_asked(older, role)
    assert not is_asked((*older, again), role)


def test_news_in_an_older_version_are_asked_of_nobody() -> None:
    news = Consent(ADA, ConsentKind.MARKETING, "2020-01", NOW)

    assert not is_asked((*in_older_version(), news), Role.CUSTOMER)


@pytest.mark.parametrize("role", Role)
def test_of_those_who_never_agreed_customers_alone_are_asked(role: Role) -> None:
    assert is_asked((), role) == (role is Role.CUSTOMER)


def test_what_was_withdrawn_is_missing() -> None:
    withdrawn = [attrs.evolve(each, withdrawn_at=NOW) for each in in_older_version()]

    assert is_asked(withdrawn, Role.CUSTOMER)
    assert changed_since(withdrawn) == ()
