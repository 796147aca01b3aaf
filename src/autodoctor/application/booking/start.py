"""Starting an intake: everything but the signature and the money."""

from datetime import datetime

import attrs

from autodoctor.application.access.booking import START
from autodoctor.application.access.garage import VEHICLES
from autodoctor.application.access.may import Whose, may
from autodoctor.application.booking.employment import check_month, employment_of
from autodoctor.application.operations.live_pages import tell_changed
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.application.sessions.ties import workshops_of
from autodoctor.domain.booking.concern import ConcernCategory, check_concern
from autodoctor.domain.booking.files import check_count
from autodoctor.domain.booking.intake import Intake, Place, check_vehicle_given
from autodoctor.domain.booking.vehicle import Vehicle, check_vehicle, check_vin
from autodoctor.domain.matching.keywords import extract
from autodoctor.domain.plans.plan import Plan
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.sessions.independence import check_independent
from autodoctor.domain.sessions.policy import check_customer_free
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import (
    FileId,
    IntakeId,
    MechanicId,
    PlanSlug,
    VehicleId,
    WorkshopId,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class IntakeForm:
    plan: PlanSlug
    concern: str
    category: ConcernCategory = ConcernCategory.DIAGNOSTIC_HELP
    vehicle: Vehicle | None = None
    vehicle_id: VehicleId | None = None
    """A saved vehicle, in whose place `vehicle` says only what changed: the odometer."""
    urgent: bool = False
    file_ids: tuple[FileId, ...] = ()
    place: Place = Place()
    routing: RoutingKind = RoutingKind.BROADCAST
    workshop_id: WorkshopId | None = None
    chosen_mechanic_id: MechanicId | None = None
    specialist_brand: str | None = None
    scheduled_for: datetime | None = None
    private: bool = False
    """An employee of a company books for themselves alone."""


def start_intake(ports: Ports, *, actor: Actor, form: IntakeForm) -> Intake:
    """Refusals, in order: EmailUnverified, SessionAlreadyActive, PlanUnknown, PlanInactive,
    FreeSessionUsed, MonthlyLimitReached, DepartmentLimitReached, DepartmentBudgetReached,
    InvalidField, TooManyFiles, Missing for a file, workshop or mechanic, WorkshopNotApproved,
    WorkshopSuspended, OwnSession."""
    may(actor, START)
    at = ports.now()
    with ports.transactions(actor) as tx:
        tx.accounts.get(actor.account_id).check_verified()
        if form.scheduled_for is None:
            check_customer_free(tx.sessions.of_customer(actor.customer_id))
        plan = tx.plans.get(form.plan)
        plan.check_offered()
        if plan.free:
            tx.free_sessions.get(actor.customer_id).check_left()
        work = None if form.private else employment_of(tx, actor.customer_id)
        if work is not None:
            check_month(tx, work, price=plan.price, at=at)
        form = _with_saved(tx, actor, form)
        vehicle = _vehicle(form, required=plan.vehicle_required, at=at)
        concern = check_concern(form.concern, urgent=form.urgent)
        _check_choices(tx, actor, form, plan, at=at)
        intake = Intake(
            id=IntakeId(ports.ids.new()),
            customer_id=actor.customer_id,
            plan=plan.slug,
            vehicle=vehicle,
            concern=concern,
            category=form.category,
            created_at=at,
            keywords=extract(f"{form.category.value.replace('_', ' ')} {concern}"),
            urgent=form.urgent,
            file_ids=form.file_ids,
            place=_place(tx, actor, form),
            routing=form.routing,
            workshop_id=form.workshop_id,
            chosen_mechanic_id=form.chosen_mechanic_id,
            specialist_brand=form.specialist_brand,
            scheduled_for=form.scheduled_for,
            vehicle_id=form.vehicle_id,
        )
        intake = work.linked(intake) if work else intake
        _add(tx, actor, intake)
        return intake


def _add(tx: Transaction, actor: Actor, intake: Intake) -> None:
    """With its files; the customer's open pages show that it can be continued."""
    tx.intakes.add(intake)
    tell_changed(tx, intake.customer_id)
    _attach(tx, actor, intake)


def _with_saved(tx: Transaction, actor: Actor, form: IntakeForm) -> IntakeForm:
    """The saved vehicle as it is kept. Raises Missing for somebody else's."""
    if form.vehicle_id is None:
        return form
    saved = tx.vehicles.get(form.vehicle_id)
    may(actor, VEHICLES, Whose(customer_id=saved.customer_id))
    driven = form.vehicle.odometer_km if form.vehicle else saved.odometer_km
    known = Vehicle(saved.year, saved.make, saved.model, saved.vin, driven, saved.plate)
    return attrs.evolve(form, vehicle=known)


def _place(tx: Transaction, actor: Actor, form: IntakeForm) -> Place:
    """Where the car is; for who does not say, where they live."""
    if form.place != Place():
        return form.place
    home = tx.customer_details.get(actor.customer_id).home
    return Place(home.city, home.province, home.country) if home.city else form.place


def _vehicle(form: IntakeForm, *, required: bool, at: datetime) -> Vehicle | None:
    check_vehicle_given(form.vehicle, required=required, urgent=form.urgent)
    if form.vehicle is None:
        return None
    vehicle = form.vehicle
    if vehicle.vin:
        vehicle = attrs.evolve(vehicle, vin=check_vin(vehicle.vin))
    return check_vehicle(vehicle, year_now=at.year)


def _check_not_own(tx: Transaction, actor: Actor, form: IntakeForm) -> None:
    """Who may not take the session is not asked to."""
    if form.chosen_mechanic_id is not None:
        ties = tx.sessions.ties(actor.customer_id, form.chosen_mechanic_id)
        check_independent(actor.customer_id, form.chosen_mechanic_id, ties)
    if form.workshop_id in workshops_of(tx, actor.account_id):
        raise InvalidField("workshop_id", "You work for this workshop: choose another one.")


def _check_choices(
    tx: Transaction, actor: Actor, form: IntakeForm, plan: Plan, *, at: datetime
) -> None:
    check_count(len(form.file_ids), allowed=plan.attachments_max)
    Routing(form.routing, form.workshop_id, form.chosen_mechanic_id)
    if form.workshop_id is not None:
        tx.workshops.get(form.workshop_id).check_open()
    if form.chosen_mechanic_id is not None:
        tx.mechanics.get(form.chosen_mechanic_id)
    _check_not_own(tx, actor, form)
    if form.scheduled_for is not None and form.scheduled_for <= at:
        raise InvalidField("scheduled_for", "Choose a time in the future.")


def _attach(tx: Transaction, actor: Actor, intake: Intake) -> None:
    """Raises InvalidField for a file that is not there, not one's own, not uploaded or used."""
    for file_id in intake.file_ids:
        try:
            file = own_upload(tx, actor, file_id)
        except Missing:
            raise InvalidField("file_ids", "Upload each file first.") from None
        if _still_open(tx, file):
            tx.files.save(attrs.evolve(file, intake_id=intake.id))
        else:
            use_file(tx, file, FilePurpose.BOOKING, field="file_ids", intake_id=intake.id)


def _still_open(tx: Transaction, file: File) -> bool:
    """A booking that was begun and changed before it was paid takes its files along."""
    return file.intake_id is not None and tx.intakes.get(file.intake_id).session_id is None
