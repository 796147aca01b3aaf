"""A mechanic signs up step by step, hands in, and is told where it stands."""

from datetime import timedelta

import attrs
import pytest

from autodoctor.application.accounts.hats import add_hat
from autodoctor.application.accounts.sign_up import SignUp, sign_up_customer
from autodoctor.application.accounts.verifying import verify_account
from autodoctor.application.mechanics.applying import application, hand_in, open_account, try_again
from autodoctor.application.mechanics.drafts import (
    keep_own_draft,
    keep_visitors_draft,
    own_draft,
    visitors_draft,
)
from autodoctor.application.mechanics.steps import Step, all_mistakes, mistakes
from autodoctor.application.operations.due import run_timers
from autodoctor.application.vetting.decide import approve, ask, reject
from autodoctor.domain.accounts.account import EmailUnverified
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers
from autodoctor.domain.mechanics.particulars import ServiceTier
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.testing.ports import Town, deliver_all, memory_town
from support.applicants import EMAIL, PASSWORD, an_applicant, answers, asked_for, proved

STAFF = Actor(AccountId(SYSTEM.account_id), Role.ADMIN)


@pytest.fixture
def town() -> Town:
    return memory_town()


def mails(town: Town) -> list[str]:
    deliver_all(town)
    with town.kept(SYSTEM) as tx:
        sent = []
        while (outgoing := tx.mails.claim(at=town.clock.now(), lease=town.clock.now())) is not None:
            tx.mails.sent(outgoing.mail.id, at=town.clock.now())
            sent.append(f"{outgoing.mail.recipient}: {outgoing.mail.subject}")
    return sent


def test_what_a_visitor_typed_is_there_again_in_the_same_browser(town: Town) -> None:
    draft = keep_visitors_draft(town.ports, draft_id=None, answers=Answers(full_name="Robin"))

    later = keep_visitors_draft(town.ports, draft_id=draft.id, answers=answers(bio="Hello."))

    assert later.id == draft.id
    assert visitors_draft(town.ports, draft_id=draft.id) == later
    assert later.answers.bio == "Hello."


def test_the_first_step_opens_an_account_and_mails_a_link(town: Town) -> None:
    draft = asked_for(town)

    assert draft.email == EMAIL
    assert mails(town) == [f"{EMAIL}: Confirm your email address"]
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.pending(EmailAddress(EMAIL))[0]
        assert account.id == draft.sign_up_id
        assert account.roles == {Role.MECHANIC}
        mechanic = tx.mechanics.get(Actor(account.id, Role.MECHANIC).mechanic_id)
    assert not mechanic.approved


def test_an_address_that_is_known_is_answered_alike_and_its_owner_is_mailed(town: Town) -> None:
    kinds = frozenset(REQUIRED)
    sign_up_customer(
        town.ports,
        SignUp(email=EMAIL, password=PASSWORD, full_name="Robin Torque", consents=kinds),
    )
    proved(town)
    mails(town)

    known, fresh = asked_for(town), asked_for(town, answers(email="new@test.example"))

    same = {"id": fresh.id, "email": "", "answers": fresh.answers}
    assert known.sign_up_id
    assert attrs.evolve(known, **same, sign_up_id=fresh.sign_up_id) == attrs.evolve(fresh, **same)
    assert mails(town) == [
        f"{EMAIL}: Use your account as a mechanic too",
        "new@test.example: Confirm your email address",
    ]


def test_who_squats_on_an_address_is_out_when_its_owner_applies(town: Town) -> None:
    kinds = frozenset(REQUIRED)
    form = SignUp(email=EMAIL, password="the squatter's one", full_name="Eve", consents=kinds)
    squatter = sign_up_customer(town.ports, attrs.evolve(form, full_name="Eve Squatter"))

    asked_for(town)
    actor = proved(town)

    with town.kept(SYSTEM) as tx:
        account, gone = tx.accounts.get(actor.account_id), tx.accounts.get(squatter)
    assert (account.roles, account.verified) == ({Role.MECHANIC}, True)
    assert gone.standing is Standing.CLOSED
    assert town.ports.passwords.matches(account.password_hash, PASSWORD)
    own_draft(town.ports, actor=actor)
    assert hand_in(town.ports, actor=actor).status is ApplicationStatus.SUBMITTED


def test_what_a_stranger_typed_with_ones_address_is_not_ones_own(town: Town) -> None:
    mine = asked_for(town)
    theirs = asked_for(town, answers(full_name="Eve Stranger", bio="Not what I wrote."))
    assert mine.sign_up_id is not None
    deliver_all(town)
    with town.kept(SYSTEM) as tx:
        verify_account(town.ports, tx, mine.sign_up_id, at=town.clock.now())

    owner = Actor(mine.sign_up_id, Role.MECHANIC)

    assert own_draft(town.ports, actor=owner).id == mine.id != theirs.id


def test_an_incomplete_first_step_opens_nothing(town: Town) -> None:
    draft = keep_visitors_draft(town.ports, draft_id=None, answers=answers(phone=""))

    with pytest.raises(InvalidField) as refused:
        open_account(town.ports, draft_id=draft.id, password=PASSWORD)

    assert refused.value.field == "phone"
    assert mails(town) == []


def test_the_address_an_account_was_asked_for_stays(town: Town) -> None:
    draft = asked_for(town)

    typed = answers(email="another@test.example", bio="New.")
    kept = keep_visitors_draft(town.ports, draft_id=draft.id, answers=typed)

    assert (kept.answers.email, kept.answers.bio) == (EMAIL, "New.")


def test_the_draft_comes_to_whoever_proves_the_address_and_to_nobody_else(town: Town) -> None:
    draft = asked_for(town)
    stranger = an_applicant(town, answers(email="stranger@test.example"))
    owner = proved(town)

    assert own_draft(town.ports, actor=stranger, draft_id=draft.id).id != draft.id
    mine = own_draft(town.ports, actor=owner)

    assert mine.id == draft.id
    assert visitors_draft(town.ports, draft_id=draft.id) is None, "it is opened signed in now"


def test_a_browser_that_claims_anothers_draft_gets_a_new_one(town: Town) -> None:
    owner = an_applicant(town)
    taken = own_draft(town.ports, actor=owner)

    other = keep_visitors_draft(town.ports, draft_id=taken.id, answers=Answers(full_name="Eve"))

    assert other.id != taken.id
    assert own_draft(town.ports, actor=owner).answers.full_name == "Robin Torque"


def test_handing_in_keeps_what_was_told_and_waits_for_staff(town: Town) -> None:
    actor = an_applicant(town)

    submitted = hand_in(town.ports, actor=actor)
    again = hand_in(town.ports, actor=actor)

    assert submitted.status is ApplicationStatus.SUBMITTED
    assert again == submitted == application(town.ports, actor=actor)
    with town.kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id)
        told = tx.particulars.get(actor.mechanic_id)
        account = tx.accounts.get(actor.account_id)
    assert (mechanic.years_of_experience, mechanic.red_seal, mechanic.city) == (
        12,
        True,
        "Hamilton",
    )
    assert mechanic.keywords == {"abs", "battery", "brakes"}
    assert mechanic.profile_completion == 80, "all but photo, hours and payouts"
    assert (told.service_tier, told.insurance_number) == (ServiceTier.VIRTUAL_ONLY, "INS-200")
    assert told.background_check_agreed_at == town.clock.now()
    assert account.phone == "+1 416 555 0188"


def test_an_unconfirmed_address_hands_in_nothing(town: Town) -> None:
    asked_for(town)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.pending(EmailAddress(EMAIL))[0]
    actor = Actor(account.id, Role.MECHANIC)
    own_draft(town.ports, actor=actor)

    with pytest.raises(EmailUnverified):
        hand_in(town.ports, actor=actor)


def test_an_incomplete_draft_is_not_handed_in(town: Town) -> None:
    actor = an_applicant(town, answers(keywords=("abs",)))

    with pytest.raises(InvalidField) as refused:
        hand_in(town.ports, actor=actor)

    assert refused.value.field == "keywords"
    assert application(town.ports, actor=actor).status is ApplicationStatus.DRAFT


def test_what_was_handed_in_cannot_be_rewritten(town: Town) -> None:
    actor = an_applicant(town)
    hand_in(town.ports, actor=actor)

    with pytest.raises(ApplicationElsewhere):
        keep_own_draft(town.ports, actor=actor, answers=answers(bio="Changed."))


def test_a_rejected_applicant_tries_again_with_everything_kept(town: Town) -> None:
    actor = an_applicant(town)
    first = hand_in(town.ports, actor=actor)
    with pytest.raises(ApplicationElsewhere):
        try_again(town.ports, actor=actor)
    reject(town.ports, actor=STAFF, application_id=first.id, reason="The licence is blurred.")

    assert try_again(town.ports, actor=actor).status is ApplicationStatus.DRAFT
    keep_own_draft(town.ports, actor=actor, answers=answers(bio="Sharper."))
    second = hand_in(town.ports, actor=actor)

    assert (second.id, second.status) == (first.id, ApplicationStatus.SUBMITTED)
    approve(town.ports, actor=STAFF, application_id=second.id)
    with town.kept(SYSTEM) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id)
    assert mechanic.approved
    assert mechanic.bio == "Sharper."


def test_a_question_of_staff_leaves_the_draft_alone(town: Town) -> None:
    actor = an_applicant(town)
    submitted = hand_in(town.ports, actor=actor)
    ask(town.ports, actor=STAFF, application_id=submitted.id, question="Which licence?")

    with pytest.raises(ApplicationElsewhere):
        keep_own_draft(town.ports, actor=actor, answers=answers())


def test_a_forgotten_draft_is_written_anew_from_what_is_known(town: Town) -> None:
    actor = an_applicant(town)
    hand_in(town.ports, actor=actor)
    before = own_draft(town.ports, actor=actor)

    town.clock.advance(timedelta(days=29))
    run_timers(town.ports)
    assert own_draft(town.ports, actor=actor).id == before.id
    town.clock.advance(timedelta(days=2))
    run_timers(town.ports)
    anew = own_draft(town.ports, actor=actor)

    assert anew.id != before.id
    dull = {"background_check": "", "adult": "agreed", "terms": "agreed"}
    assert anew.answers.keywords == before.answers.keywords
    assert anew.answers.certifications == before.answers.certifications
    assert all(getattr(anew.answers, name) == value for name, value in dull.items())


def test_a_customer_gets_a_second_hat_and_an_application(town: Town) -> None:
    kinds = frozenset(REQUIRED)
    form = SignUp(email=EMAIL, password=PASSWORD, full_name="Robin Torque", consents=kinds)
    sign_up_customer(town.ports, form)
    proved(town)
    asked = asked_for(town)
    deliver_all(town)
    with town.kept(SYSTEM) as tx:
        letter = next(
            outgoing.mail
            for outgoing in iter(
                lambda: tx.mails.claim(
                    at=town.clock.now(), lease=town.clock.now() + timedelta(hours=1)
                ),
                None,
            )
            if "/hat?token=" in outgoing.mail.text
        )
    token = letter.text.partition("/hat?token=")[2].split()[0]

    account, role = add_hat(town.ports, token=token)
    actor = Actor(account.id, role)

    assert account.roles == {Role.CUSTOMER, Role.MECHANIC}
    own_draft(town.ports, actor=actor, sign_up_id=asked.sign_up_id)
    assert hand_in(town.ports, actor=actor).status is ApplicationStatus.SUBMITTED


BROKEN = {
    "date_of_birth": ("2008-03-03", "18 or older"),
    "phone": ("", "phone number"),
    "city": ("", "Enter your city"),
    "province": ("XX", "province"),
    "terms": ("", "terms of service"),
}


@pytest.mark.parametrize("field", sorted(BROKEN))
def test_each_answer_is_refused_by_its_field(town: Town, field: str) -> None:
    value, reason = BROKEN[field]

    wrong = mistakes(Step.PERSONAL, answers(**{field: value}), today=town.clock.now().date())

    assert list(wrong) == [field]
    assert reason in wrong[field]


def test_everything_that_is_wrong_is_told_at_once_and_by_row(town: Town) -> None:
    rows = (
        CertificationAnswers(type="310S", number="1", authority="A", region="ON"),
        CertificationAnswers(type="ASE", expires_on="2020-01-01"),
        CertificationAnswers(),
    )
    told = answers(
        certifications=rows,
        years_of_experience="twelve",
        red_seal_number="",
        specializations=(),
        languages=("xx",),
        service_tier="",
        insurance_expires_on="2026-03-01",
        background_check="",
        payout_country="FR",
    )

    wrong = all_mistakes(told, today=town.clock.now().date())

    assert {step: list(fields) for step, fields in wrong.items()} == {
        Step.CREDENTIALS: ["years_of_experience", "red_seal_number", "number_1"],
        Step.SERVICE: ["specializations", "languages", "service_tier"],
        Step.INSURANCE: ["insurance_expires_on", "background_check"],
        Step.BANK: ["payout_country"],
    }


def test_eighteen_today_is_old_enough(town: Town) -> None:
    today = town.clock.now().date()

    young = answers(date_of_birth=today.replace(year=today.year - 18).isoformat())

    assert mistakes(Step.PERSONAL, young, today=today) == {}
