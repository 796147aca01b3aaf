"""The company somebody runs."""

import attrs

from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import Forbidden
from autodoctor.ports.transactions import Transaction


@attrs.frozen
class CompanyUntold(Forbidden):
    """Tell us about your company first."""


def own_organization(tx: Transaction, actor: Actor, *, lock: bool = False) -> Organization:
    """Whether it may use us or not. Raises CompanyUntold for somebody who has none yet."""
    if actor.organization_id is None:
        raise CompanyUntold()
    return tx.organizations.get(actor.organization_id, lock=lock)


def open_organization(tx: Transaction, actor: Actor, *, lock: bool = False) -> Organization:
    """Raises CompanyUntold, OrganizationNotApproved, OrganizationSuspended, in this order."""
    organization = own_organization(tx, actor, lock=lock)
    organization.check_open()
    return organization
