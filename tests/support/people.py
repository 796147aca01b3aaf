"""People made in the database directly, each with a login: signing hundreds of them up over
HTTP would measure argon2."""

from collections.abc import Sequence
from uuid import uuid4

import attrs
import httpx

from autodoctor.application.accounts.sign_in import open_login
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, MechanicId, PlanSlug, WorkshopId
from autodoctor.entrypoints.web.call import COOKIE
from autodoctor.ports.bundle import Ports
from support import plain


@attrs.frozen
class Person:
    actor: Actor
    token: str

    @property
    def id(self) -> AccountId:
        return self.actor.account_id

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.token}"}


def person(ports: Ports, role: Role, *, name: str = "Test Person") -> Person:
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name=name,
        password_hash="!",
        roles=frozenset({role}),
        created_at=ports.now(),
        verified_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
    return logged_in(ports, Actor(account.id, role))


def logged_in(ports: Ports, actor: Actor) -> Person:
    """Somebody there is, with a login of that hat."""
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    signed_in = open_login(ports, account, role=actor.role, address="127.0.0.1", agent="tests")
    return Person(signed_in.actor, signed_in.token)


def customer(ports: Ports) -> Person:
    return person(ports, Role.CUSTOMER, name="Casey Driver")


def mechanic(
    ports: Ports, *, on_shift: bool = True, workshop_id: WorkshopId | None = None
) -> Person:
    made = person(ports, Role.MECHANIC, name="Morgan Wrench")
    at = ports.now()
    with ports.transactions(SYSTEM) as tx:
        tx.mechanics.add(
            Mechanic(
                id=MechanicId(made.id),
                name="Morgan Wrench",
                approved=True,
                profile_completion=100,
                workshop_id=workshop_id,
                on_shift_since=at if on_shift else None,
            )
        )
    return made


def mechanics(ports: Ports, count: int) -> Sequence[Person]:
    return [mechanic(ports) for _ in range(count)]


def booked(ports: Ports, who: Person, *, plan: str = "quick-chat") -> Intake:
    """An intake with its waiver signed, ready to be paid."""
    form = IntakeForm(
        plan=PlanSlug(plan),
        concern="Grinding noise when braking",
        vehicle=Vehicle(2015, "Honda", "Civic"),
    )
    intake = start_intake(ports, actor=who.actor, form=form)
    sign_waiver(
        ports,
        actor=who.actor,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    return intake


def as_person(base: str, who: Person) -> httpx.Client:
    return plain.client(base_url=base, cookies={COOKIE: who.token})
