"""Staff look after companies: lists, decisions by the company's id, tiers, suspending and
letting back.

Refusals, in this order: WrongRole, InvalidField, Missing, and what the state refuses.
"""

import attrs

from autodoctor.application.access.corporate import OVERSEE, PUT_OUT, SUBSCRIBE
from autodoctor.application.access.may import may
from autodoctor.application.access.vetting import DECIDE
from autodoctor.application.accounts.logins import put_staff_out
from autodoctor.application.corporate.company_details import check_tier
from autodoctor.application.corporate.departments import Staffed, staffed
from autodoctor.application.operations.audit import write_down
from autodoctor.application.vetting.decide import application_of, approve, ask, reject
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.corporate.events import CompanyBack, CompanyPutOut, CompanyTierChanged
from autodoctor.domain.corporate.organization import Organization
from autodoctor.domain.corporate.tier import agree
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import ApplicationId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.shared.texts import check_text
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.audit import Deed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.corporate_queries import PAGE_SIZE_MAX, CompanyFilter, CompanyPage
from autodoctor.ports.transactions import Transaction

PAGE_MAX = 10_000
DEEDS_SHOWN = 50


@attrs.frozen(kw_only=True)
class Dossier:
    """All that staff see of a company; `application` is None for one that never applied.
    `seats_taken` counts its active employees."""

    organization: Organization
    application: Application | None
    staff: tuple[Account, ...]
    departments: tuple[Staffed, ...]
    seats_taken: int
    deeds: tuple[Deed, ...]


def companies(ports: Ports, *, actor: Actor, which: CompanyFilter) -> CompanyPage:
    may(actor, OVERSEE)
    if not 1 <= which.page <= PAGE_MAX:
        raise InvalidField("page", "Pages count from 1.")
    if not 1 <= which.page_size <= PAGE_SIZE_MAX:
        raise InvalidField("page_size", f"From 1 to {PAGE_SIZE_MAX} rows.")
    return ports.queries.corporate.listed(which)


def dossier(ports: Ports, *, actor: Actor, organization_id: OrganizationId) -> Dossier:
    may(actor, OVERSEE)
    with ports.transactions(actor) as tx:
        return Dossier(
            organization=tx.organizations.get(organization_id),
            application=tx.applications.of_subject(organization_id),
            staff=tx.accounts.of_organization(organization_id),
            departments=staffed(tx, tx.departments.of_organization(organization_id)),
            seats_taken=tx.employees.count_active(organization_id),
            deeds=tx.audit.of_subject(organization_id, most=DEEDS_SHOWN),
        )


def approve_company(
    ports: Ports, *, actor: Actor, organization_id: OrganizationId, reason: str = ""
) -> Application:
    key = _application(ports, actor, organization_id)
    return approve(ports, actor=actor, application_id=key, reason=reason)


def reject_company(
    ports: Ports, *, actor: Actor, organization_id: OrganizationId, reason: str
) -> Application:
    key = _application(ports, actor, organization_id)
    return reject(ports, actor=actor, application_id=key, reason=reason)


def ask_company(
    ports: Ports, *, actor: Actor, organization_id: OrganizationId, question: str
) -> Application:
    key = _application(ports, actor, organization_id)
    return ask(ports, actor=actor, application_id=key, question=question)


def _application(ports: Ports, actor: Actor, organization_id: OrganizationId) -> ApplicationId:
    may(actor, DECIDE)
    with ports.transactions(actor) as tx:
        return application_of(tx, organization_id, ApplicationKind.ORGANIZATION).id


@attrs.frozen(kw_only=True)
class Subscription:
    """`seats` and `monthly_price` are what was agreed with an enterprise; None, both, where
    nothing is agreed."""

    tier: str
    seats: int | None = None
    monthly_price: Money | None = None


def set_tier(
    ports: Ports,
    *,
    actor: Actor,
    organization_id: OrganizationId,
    subscription: Subscription,
    reason: str,
) -> Organization:
    """Counts from now on. Refusals: InvalidField, Missing, TierTooSmall."""
    may(actor, SUBSCRIBE)
    why, tier, at = check_text("reason", reason), check_tier(subscription.tier), ports.now()
    seats, price = subscription.seats, subscription.monthly_price
    if (seats is None) != (price is None):
        raise InvalidField("seats", "Agree on seats and a price, or on neither.")
    agreed = None if seats is None or price is None else agree(seats=seats, monthly_price=price)
    with ports.transactions(actor) as tx:
        before = tx.organizations.get(organization_id, lock=True)
        taken = tx.employees.count_active(organization_id)
        after = before.subscribe(tier, agreed, taken=taken)
        if after == before:
            return before
        tx.outbox.record(CompanyTierChanged(organization_id, tier), by=actor, at=at)
        told = {"tier": tier, "seats": seats, "price_minor": None if price is None else price.minor}
        _note(ports, tx, "set tier", after, by=actor, reason=why, **told)
        return tx.organizations.save(after)


def suspend_company(
    ports: Ports, *, actor: Actor, organization_id: OrganizationId, reason: str
) -> Organization:
    """Those who run it are out within seconds, and its employees book for themselves alone.
    Sessions under way go on. Again changes nothing."""
    may(actor, PUT_OUT)
    why, at = check_text("reason", reason), ports.now()
    with ports.transactions(actor) as tx:
        before = tx.organizations.get(organization_id, lock=True)
        after = before.suspend(why, at=at)
        if after is before:
            return before
        saved = tx.organizations.save(after)
        put_staff_out(tx, tx.accounts.of_organization(organization_id), Role.CORPORATE, at=at)
        tx.outbox.record(CompanyPutOut(organization_id, why), by=actor, at=at)
        _note(ports, tx, "suspend company", before, by=actor, reason=why)
        return saved


def reinstate_company(
    ports: Ports, *, actor: Actor, organization_id: OrganizationId, reason: str
) -> Organization:
    """Again changes nothing."""
    may(actor, PUT_OUT)
    why, at = check_text("reason", reason), ports.now()
    with ports.transactions(actor) as tx:
        before = tx.organizations.get(organization_id, lock=True)
        after = before.reinstate()
        if after is before:
            return before
        tx.outbox.record(CompanyBack(organization_id), by=actor, at=at)
        _note(ports, tx, "reinstate company", before, by=actor, reason=why)
        return tx.organizations.save(after)


def _note(
    ports: Ports,
    tx: Transaction,
    action: str,
    on: Organization,
    *,
    by: Actor,
    reason: str,
    **facts: object,
) -> None:
    write_down(ports, tx, action, by=by, on=on.id, kind="organization", reason=reason, **facts)
