"""An application, from draft to decision."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.domain.shared.ids import AccountId, ApplicationId
from autodoctor.domain.vetting.application import (
    OPEN,
    STEPS,
    Application,
    ApplicationElsewhere,
    ApplicationKind,
    ApplicationStatus,
)
from autodoctor.domain.vetting.events import (
    ApplicationApproved,
    ApplicationRejected,
    ApplicationSubmitted,
    InformationAsked,
    InformationGiven,
    ReviewBegun,
)

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
STAFF = AccountId(uuid4())
Status = ApplicationStatus


def application(status: Status = Status.DRAFT) -> Application:
    over = status in (Status.APPROVED, Status.REJECTED)
    return Application(
        id=ApplicationId(uuid4()),
        kind=ApplicationKind.MECHANIC,
        subject_id=uuid4(),
        applicant_id=AccountId(uuid4()),
        created_at=AT,
        status=status,
        reason="No licence." if status is Status.REJECTED else "",
        decided_by=STAFF if over else None,
        decided_at=AT if over else None,
    )


def test_handing_in_is_told_once() -> None:
    draft = application()

    submitted, events = draft.submit(at=AT)
    again, nothing = submitted.submit(at=AT)

    assert submitted.status is Status.SUBMITTED
    assert submitted.submitted_at == AT
    assert events == (ApplicationSubmitted(draft.id, "mechanic", draft.subject_id),)
    assert again is submitted
    assert nothing == ()


def test_a_review_begins_once() -> None:
    submitted = application(Status.SUBMITTED)

    review, events = submitted.begin_review()

    assert review.status is Status.UNDER_REVIEW
    assert events == (ReviewBegun(submitted.id),)
    assert review.begin_review() == (review, ())


def test_a_question_goes_to_the_applicant_and_its_answer_comes_back() -> None:
    review = application(Status.UNDER_REVIEW)

    asked, told = review.ask("  Which licence? ")
    answered, given_back = asked.tell(" 310T ", at=AT)

    assert (asked.status, asked.question) == (Status.MORE_INFORMATION_REQUIRED, "Which licence?")
    assert told == (InformationAsked(review.id, review.applicant_id, "Which licence?"),)
    assert (answered.status, answered.answer) == (Status.SUBMITTED, "310T")
    assert answered.submitted_at == AT
    assert given_back == (InformationGiven(review.id),)


def test_a_new_question_clears_the_old_answer() -> None:
    answered = attrs.evolve(application(Status.SUBMITTED), question="Which?", answer="310T")

    asked, _ = answered.ask("Since when?")

    assert (asked.question, asked.answer) == ("Since when?", "")


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.MORE_INFORMATION_REQUIRED])
def test_only_what_was_asked_is_answered(status: Status) -> None:
    with pytest.raises(ApplicationElsewhere) as refused:
        application(status).tell("310T", at=AT)

    assert refused.value.facts == {"status": status, "wanted": Status.SUBMITTED}


def test_approving_says_by_whom_and_is_told_once() -> None:
    submitted = application(Status.SUBMITTED)

    approved, events = submitted.approve(by=STAFF, at=AT)

    assert (approved.status, approved.decided_by) == (Status.APPROVED, STAFF)
    assert approved.decided_at == AT
    assert attrs.evolve(submitted, reason="Old.").approve(by=STAFF, at=AT)[0] == approved
    assert events == (
        ApplicationApproved(submitted.id, "mechanic", submitted.subject_id, submitted.applicant_id),
    )
    assert approved.approve(by=AccountId(uuid4()), at=AT) == (approved, ())


def test_rejecting_needs_a_reason_and_keeps_the_first() -> None:
    submitted = application(Status.SUBMITTED)

    with pytest.raises(InvalidField) as refused:
        submitted.reject("  ", by=STAFF, at=AT)
    rejected, events = submitted.reject(" No licence. ", by=STAFF, at=AT)

    assert refused.value.field == "reason"
    assert (rejected.status, rejected.reason) == (Status.REJECTED, "No licence.")
    assert (rejected.decided_by, rejected.decided_at) == (STAFF, AT)
    assert events == (
        ApplicationRejected(
            submitted.id, "mechanic", submitted.subject_id, submitted.applicant_id, "No licence."
        ),
    )
    assert rejected.reject("Another one.", by=STAFF, at=AT) == (rejected, ())


def test_who_was_rejected_may_try_again_with_what_they_told() -> None:
    rejected = attrs.evolve(application(Status.REJECTED), submitted_at=AT)

    again = rejected.try_again()

    assert again.status is Status.DRAFT
    assert (again.decided_by, again.decided_at, again.submitted_at) == (None, None, None)
    assert again.try_again() is again


@pytest.mark.parametrize("text", ["", " \x00 ", "a" * 2001])
def test_a_text_is_a_sentence(text: str) -> None:
    with pytest.raises(InvalidField) as question:
        application(Status.UNDER_REVIEW).ask(text)
    with pytest.raises(InvalidField) as answer:
        application(Status.MORE_INFORMATION_REQUIRED).tell(text, at=AT)

    assert (question.value.field, answer.value.field) == ("question", "answer")


MOVES = {
    "submit": (Status.SUBMITTED, lambda each: each.submit(at=AT)[0]),
    "begin_review": (Status.UNDER_REVIEW, lambda each: each.begin_review()[0]),
    "ask": (Status.MORE_INFORMATION_REQUIRED, lambda each: each.ask("Which?")[0]),
    "tell": (Status.SUBMITTED, lambda each: each.tell("310T", at=AT)[0]),
    "approve": (Status.APPROVED, lambda each: each.approve(by=STAFF, at=AT)[0]),
    "reject": (Status.REJECTED, lambda each: each.reject("No.", by=STAFF, at=AT)[0]),
    "try_again": (Status.DRAFT, lambda each: each.try_again()),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", sorted(MOVES))
def test_every_move_in_every_state_is_a_step_of_the_table_or_refused(
    move: str, status: Status
) -> None:
    wanted, do = MOVES[move]
    before = application(status)

    after = moved(before, do)

    if isinstance(after, ApplicationElsewhere):
        assert (after.status, after.wanted) == (status, wanted)
        assert move == "tell" or (status, wanted) not in STEPS
    else:
        assert after == before or (status, after.status) in STEPS
        decided = after.status in (Status.APPROVED, Status.REJECTED)
        assert decided == (after.decided_at is not None)


def moved(
    before: Application, do: Callable[[Application], Application]
) -> Application | ApplicationElsewhere:
    try:
        return do(before)
    except ApplicationElsewhere as refused:
        return refused


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=30))
def test_no_order_of_moves_leads_out_of_the_table(order: list[str]) -> None:
    here, decided = application(), 0
    for move in order:
        before = here
        try:
            here = MOVES[move][1](here)
        except Refusal:
            continue
        decided += before.status in OPEN and here.status not in OPEN
        assert here is before or (before.status, here.status) in STEPS
        assert (here.status is Status.REJECTED) <= bool(here.reason)
    assert (here.status is Status.APPROVED) <= (decided > 0)
