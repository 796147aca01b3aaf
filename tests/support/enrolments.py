"""Those who are invited into a company, as what they will be."""

from typing import Any
from uuid import uuid4

from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.invitation import Host, invite
from autodoctor.domain.corporate.enrolment import Enrolment
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import InvitationId
from autodoctor.ports.transactions import Transactions
from support.corporate import a_company
from support.scenery import AT, an_account


def new_enrolment(kept: Transactions, **changes: Any) -> Enrolment:
    """Not kept yet; its invitation is."""
    company_id = changes.pop("organization_id", None) or a_company(kept).id
    inviter = an_account(kept).account_id
    invitation, _ = invite(
        invitation_id=InvitationId(uuid4()),
        host=Host.ORGANIZATION,
        host_id=company_id,
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        place="employee",
        code_hash=uuid4().bytes * 2,
        by=inviter,
        at=AT,
    )
    with kept(SYSTEM) as tx:
        tx.invitations.add(invitation)
    return Enrolment(id=invitation.id, organization_id=company_id, **changes)


def an_enrolment(kept: Transactions, **changes: Any) -> Enrolment:
    enrolment = new_enrolment(kept, **changes)
    with kept(SYSTEM) as tx:
        tx.enrolments.add(enrolment)
    return enrolment
