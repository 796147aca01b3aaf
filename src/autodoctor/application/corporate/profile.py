"""What a company tells of itself, as those who run it keep it."""

import attrs

from autodoctor.application.access.corporate import EDIT, PROFILE
from autodoctor.application.access.may import may
from autodoctor.application.corporate.company_details import CompanyDetails, checked, told
from autodoctor.application.corporate.own import open_organization, own_organization
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports


def profile(ports: Ports, *, actor: Actor) -> Organization:
    """Also of one that waits for us. Raises CompanyUntold."""
    may(actor, PROFILE)
    with ports.transactions(actor) as tx:
        return own_organization(tx, actor)


def change_profile(ports: Ports, *, actor: Actor, details: CompanyDetails) -> Organization:
    """The tier stays as it is: it is changed by our staff. Refusals: InvalidField,
    CompanyUntold, OrganizationNotApproved, OrganizationSuspended."""
    may(actor, EDIT)
    with ports.transactions(actor) as tx:
        before = open_organization(tx, actor, lock=True)
        after = told(before, checked(attrs.evolve(details, tier=before.tier)))
        return before if after == before else tx.organizations.save(after)
