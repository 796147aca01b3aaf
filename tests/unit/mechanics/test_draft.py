"""An application that is being written keeps what was typed, and who may open it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs

from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers, Draft
from autodoctor.domain.shared.ids import AccountId, DraftId

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=3)
SOMEBODY = AccountId(UUID(int=2))
DRAFT = Draft(id=DraftId(UUID(int=1)), created_at=AT, changed_at=AT)


def test_what_is_typed_is_kept_thirty_days_from_then() -> None:
    answers = Answers(full_name="  Alex")

    typed = DRAFT.typed(answers, at=LATER)

    assert typed == attrs.evolve(DRAFT, answers=answers, changed_at=LATER)
    assert typed.forgotten_at == LATER + timedelta(days=30)


def test_it_knows_the_address_and_the_sign_up_that_asked_for_an_account() -> None:
    asked = DRAFT.asked_for("alex@example.com", SOMEBODY)

    assert asked == attrs.evolve(DRAFT, email="alex@example.com", sign_up_id=SOMEBODY)


def test_its_owner_is_who_has_shown_that_the_address_is_theirs() -> None:
    assert DRAFT.claimed_by(SOMEBODY) == attrs.evolve(DRAFT, account_id=SOMEBODY)


def test_a_certification_of_which_nothing_was_typed_is_empty() -> None:
    assert CertificationAnswers().empty
    assert not CertificationAnswers(region="ON").empty
