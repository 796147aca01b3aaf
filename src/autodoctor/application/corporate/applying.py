"""A company applies: with an account for its first owner, or of somebody who has one."""

from datetime import datetime

import attrs

from autodoctor.application.access.corporate import APPLY, STANDING
from autodoctor.application.access.may import may
from autodoctor.application.accounts.sign_up import SignUp, sign_up
from autodoctor.application.corporate.company_details import (
    CompanyDetails,
    check_tier,
    checked,
    told,
)
from autodoctor.application.corporate.own import own_organization
from autodoctor.application.vetting.decide import application_of
from autodoctor.application.vetting.handing_in import hand_in, hand_in_again, undecided
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.organization import BusinessType, Organization
from autodoctor.domain.shared.actor import Actor, Role, Seat
from autodoctor.domain.shared.errors import Conflict
from autodoctor.domain.shared.ids import AccountId, OrganizationId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class CompanyThereAlready(Conflict):
    """Your account has a company already."""


@attrs.frozen
class Standing:
    """A company that is being decided upon, or was."""

    organization: Organization
    application: Application


def sign_up_company(ports: Ports, account: SignUp, details: CompanyDetails) -> AccountId:
    """Opens an account whose owner has a company; its application is handed in once their
    address is verified. As `sign_up` for an address that has an account already: its owner is
    mailed, and tells of the company once they have the role. Raises InvalidField."""
    good = checked(details)

    def arrive(tx: Transaction, owner: Account, at: datetime) -> None:
        _found(ports, tx, owner, good, at=at)

    return sign_up(ports, account, role=Role.CORPORATE, arrive=arrive)


def register(ports: Ports, *, actor: Actor, details: CompanyDetails) -> Standing:
    """For somebody with the hat and no company yet. Refusals: InvalidField,
    CompanyThereAlready."""
    may(actor, APPLY)
    good, at = checked(details), ports.now()
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        if account.organization_id is not None:
            raise CompanyThereAlready()
        return _found(ports, tx, account, good, at=at)


def _found(
    ports: Ports, tx: Transaction, owner: Account, details: CompanyDetails, *, at: datetime
) -> Standing:
    blank = Organization(
        id=OrganizationId(ports.ids.new()),
        name="",
        business_type=BusinessType.OTHER,
        tier=check_tier(details.tier),
        created_at=at,
        time_zone=owner.time_zone,
    )
    company = told(blank, details)
    tx.organizations.add(company)
    tx.accounts.save(attrs.evolve(owner, organization_id=company.id, organization_seat=Seat.OWNER))
    handed_in = hand_in(
        ports,
        tx,
        kind=ApplicationKind.ORGANIZATION,
        subject_id=company.id,
        applicant_id=owner.id,
        verified=owner.verified,
        at=at,
    )
    return Standing(company, handed_in)


def _told(before: Organization, details: CompanyDetails) -> Organization:
    """While nobody has approved it, the tier is the company's to choose."""
    chosen = before.subscribe(check_tier(details.tier), None, taken=0)
    return told(chosen, details)


def _application(tx: Transaction, company: Organization) -> Application:
    return application_of(tx, company.id, ApplicationKind.ORGANIZATION)


def standing(ports: Ports, *, actor: Actor) -> Standing:
    """Where it stands. Raises CompanyUntold for somebody without a company."""
    may(actor, STANDING)
    with ports.transactions(actor) as tx:
        company = own_organization(tx, actor)
        return Standing(company, _application(tx, company))


def apply_again(ports: Ports, *, actor: Actor, details: CompanyDetails) -> Standing:
    """After a rejection, or while it is looked at: with other details. Refusals: InvalidField,
    CompanyUntold, ApplicationElsewhere once it was approved."""
    may(actor, APPLY)
    good, at = checked(details), ports.now()
    with ports.transactions(actor) as tx:
        company = own_organization(tx, actor, lock=True)
        before = undecided(tx, company.id, ApplicationKind.ORGANIZATION)
        after = tx.organizations.save(_told(company, good))
        return Standing(after, hand_in_again(tx, before, by=actor, at=at))
