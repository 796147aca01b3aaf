from datetime import UTC, datetime
from uuid import UUID

import pytest

from autodoctor.domain.accounts.consent import REQUIRED, VERSIONS, Consent, ConsentKind, give
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
