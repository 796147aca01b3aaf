from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.ids import AccountId
from autodoctor.entrypoints.web.pages.booking_draft import Draft, Seal

DANA, SAM = AccountId(UUID(int=1)), AccountId(UUID(int=2))
SEAL = Seal(["a key of this installation"], DANA)

drafts = st.builds(
    Draft,
    plan=st.text(),
    vin=st.text(),
    concern=st.text(),
    mechanic=st.text(),
    urgent=st.booleans(),
    files=st.lists(st.tuples(st.text(), st.text())).map(tuple),
)


@given(draft=drafts)
def test_a_draft_comes_back_as_it_was_typed(draft: Draft) -> None:
    assert SEAL.open(SEAL.close(draft)) == draft


@given(draft=drafts)
def test_a_sealed_draft_fits_into_an_address_as_it_is(draft: Draft) -> None:
    assert set(SEAL.close(draft)) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
    )


def test_the_longest_concern_still_fits_into_an_address() -> None:
    sealed = SEAL.close(Draft(plan="quick-chat", concern="".join(map(chr, range(256, 5256)))))

    assert len(sealed) < 30_000


def test_somebody_elses_draft_does_not_open() -> None:
    sealed = Seal(["a key of this installation"], SAM).close(Draft(plan="free"))

    assert SEAL.open(sealed) is None


@pytest.mark.parametrize("token", ["", "nothing", "é", "eyJwbGFuIjoiZnJlZSJ9.AAAA"])
def test_what_is_no_draft_does_not_open(token: str) -> None:
    assert SEAL.open(token) is None


def test_a_draft_of_another_version_does_not_open() -> None:
    older = SEAL._serializer.dumps({"plan": 7})

    assert SEAL.open(older) is None
