"""Answers of a mechanic's sign-up that leave nothing to wish for."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from autodoctor.application.accounts.sign_up import verify_email
from autodoctor.application.accounts.tokens import digest
from autodoctor.application.mechanics.applying import hand_in, open_account
from autodoctor.application.mechanics.drafts import keep_visitors_draft, own_draft
from autodoctor.application.vetting.decide import approve
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers, Draft
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.bundle import Ports
from autodoctor.testing.ports import Town, deliver_all


def _scan() -> bytes:
    sent = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(sent, "PNG")
    return sent.getvalue()


SCAN = _scan()
"""A picture of a paper."""
EMAIL = "robin.torque@test.example"
PASSWORD = "a fine password"


def answers(**changes: Any) -> Answers:
    given: dict[str, Any] = {
        "full_name": "Robin Torque",
        "email": EMAIL,
        "phone": "+1 416 555 0188",
        "date_of_birth": "1988-04-30",
        "city": "Hamilton",
        "province": "ON",
        **dict.fromkeys(("adult", "terms", "privacy", "marketplace"), "true"),
        "years_of_experience": "12",
        "red_seal": "true",
        "red_seal_number": "RS-4471",
        "certifications": (
            CertificationAnswers(
                type="310S", number="88-1", authority="Skilled Trades Ontario", region="Ontario"
            ),
        ),
        "specializations": ("Brakes", "Electrical"),
        "brands": ("Honda",),
        "keywords": ("abs", "battery", "brakes"),
        "service_tier": "virtual_only",
        "insurance_number": "INS-200",
        "insurance_expires_on": "2027-02-01",
        "background_check": "true",
        "payout_country": "CA",
    }
    return Answers(**given | changes)


def asked_for(town: Town, told: Answers | None = None) -> Draft:
    """A visitor's draft, for whose address an account was asked."""
    draft = keep_visitors_draft(town.ports, draft_id=None, answers=told or answers())
    return open_account(town.ports, draft_id=draft.id, password=PASSWORD)


def proved(town: Town, email: str = EMAIL) -> Actor:
    """The owner of the address follows the link of the mail."""
    deliver_all(town)
    return confirmed(town.ports, email)


def confirmed(ports: Ports, email: str) -> Actor:
    """By a link that is theirs alone."""
    token = ports.ids.secret()
    with ports.transactions(SYSTEM) as tx:
        waiting = tx.accounts.pending(EmailAddress(email))
        account = max(waiting, key=lambda each: (each.created_at, each.id))
        tx.tokens.issue(
            digest(token),
            account_id=account.id,
            purpose=TokenPurpose.VERIFY_EMAIL,
            expires_at=ports.now() + timedelta(hours=1),
        )
    return Actor(verify_email(ports, token=token, holder=account.id), Role.MECHANIC)


def an_applicant(town: Town, told: Answers | None = None) -> Actor:
    """Signed up, confirmed, with everything filled in and nothing handed in."""
    draft = asked_for(town, told)
    actor = proved(town, draft.email or EMAIL)
    own_draft(town.ports, actor=actor, draft_id=draft.id)
    return actor


def an_approved_one(ports: Ports, *, staff: Actor, **changes: Any) -> Actor:
    """Through the whole of it, in any installation."""
    told = answers(insurance_expires_on="2031-12-31", **changes)
    draft = keep_visitors_draft(ports, draft_id=None, answers=told)
    open_account(ports, draft_id=draft.id, password=PASSWORD)
    actor = confirmed(ports, told.email)
    own_draft(ports, actor=actor, draft_id=draft.id)
    submitted = hand_in(ports, actor=actor)
    approve(ports, actor=staff, application_id=submitted.id)
    return actor
