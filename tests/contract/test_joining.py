"""What mechanics tell on the way in, as it is kept."""

from datetime import date, timedelta

import attrs
import pytest

from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers
from autodoctor.domain.mechanics.particulars import Certification, Particulars, ServiceTier
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.stores import Missing, Stale
from autodoctor.ports.transactions import Transactions
from support.joining import new_draft
from support.scenery import AT, a_mechanic, an_account

DAY = timedelta(days=1)


def test_a_draft_comes_back_as_it_was_typed(kept: Transactions) -> None:
    rows = (CertificationAnswers(type="310S", region="Ontario"), CertificationAnswers())
    answers = Answers(full_name="Zoé\n'--", certifications=rows, keywords=("abs", "brakes"))
    draft = new_draft(answers=answers, email="robin@test.example")

    with kept(SYSTEM) as tx:
        tx.drafts.add(draft)

    with kept(SYSTEM) as tx:
        assert tx.drafts.get(draft.id) == draft


def test_a_draft_is_found_by_its_sign_up_while_it_is_nobodys(kept: Transactions) -> None:
    waiting, owner = an_account(kept).account_id, an_account(kept).account_id
    begun = new_draft(email="robin@test.example", sign_up_id=waiting)
    claimed = new_draft(email="robin@test.example", sign_up_id=owner, account_id=owner)
    with kept(SYSTEM) as tx:
        for each in (begun, claimed):
            tx.drafts.add(each)

    nobody = an_account(kept).account_id

    with kept(SYSTEM) as tx:
        assert tx.drafts.of_sign_up(waiting) == begun
        assert tx.drafts.of_sign_up(owner) is None
        assert tx.drafts.of_sign_up(nobody) is None
        assert tx.drafts.of_account(claimed.account_id) == claimed  # type: ignore[arg-type]
        assert tx.drafts.of_account(nobody) is None


def test_an_account_has_one_draft(kept: Transactions) -> None:
    owner = an_account(kept).account_id
    with kept(SYSTEM) as tx:
        tx.drafts.add(new_draft(account_id=owner))

    with pytest.raises(Stale), kept(SYSTEM) as tx:
        tx.drafts.add(new_draft(account_id=owner))


def test_a_removed_draft_is_gone_and_removing_again_changes_nothing(kept: Transactions) -> None:
    draft = new_draft()
    with kept(SYSTEM) as tx:
        tx.drafts.add(draft)
        tx.drafts.remove(draft.id)
        tx.drafts.remove(draft.id)

    with pytest.raises(Missing), kept(SYSTEM) as tx:
        tx.drafts.get(draft.id)


def test_particulars_begin_blank_and_come_back_whole(kept: Transactions) -> None:
    mechanic_id = a_mechanic(kept).mechanic_id
    with kept(SYSTEM) as tx:
        blank = tx.particulars.get(mechanic_id)
        assert blank == Particulars(id=mechanic_id)
        told = attrs.evolve(
            blank,
            date_of_birth=date(1988, 4, 30),
            languages=("en", "fr"),
            certifications=(
                Certification(type="310S", number="1", authority="STO", region="ON"),
                Certification(
                    type="ODP",
                    number="2",
                    authority="HRAI",
                    region="ON",
                    expires_on=date(2028, 1, 1),
                ),
            ),
            background_check_agreed_at=AT,
            service_tier=ServiceTier.VIRTUAL_AND_WORKSHOP,
        )
        saved = tx.particulars.save(told)

    with kept(SYSTEM) as tx:
        assert tx.particulars.get(mechanic_id) == saved == attrs.evolve(told, version=1)
        again = tx.particulars.save(saved.confirm_virtual_only(at=AT))
        assert tx.particulars.get(mechanic_id) == again


def test_of_two_who_change_particulars_one_is_told_to_look_again(kept: Transactions) -> None:
    mechanic_id = a_mechanic(kept).mechanic_id
    with kept(SYSTEM) as tx:
        blank = tx.particulars.get(mechanic_id)
        first = tx.particulars.save(attrs.evolve(blank, street="1 Main St"))
    for late in (blank, blank):
        with pytest.raises(Stale), kept(SYSTEM) as tx:
            tx.particulars.save(attrs.evolve(late, street="2 Main St"))

    with kept(SYSTEM) as tx:
        assert tx.particulars.get(mechanic_id) == first


def test_who_leaves_takes_drafts_and_particulars_along(kept: Transactions) -> None:
    actor = a_mechanic(kept)
    draft = new_draft(account_id=actor.account_id)
    with kept(SYSTEM) as tx:
        tx.drafts.add(draft)
        tx.particulars.save(Particulars(id=actor.mechanic_id, street="1 Main St"))

        tx.erasure.forget(actor.account_id)

    with kept(SYSTEM) as tx:
        assert tx.drafts.of_account(actor.account_id) is None
        assert tx.particulars.get(actor.mechanic_id) == Particulars(id=actor.mechanic_id)
