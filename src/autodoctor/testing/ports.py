"""All ports in memory, and people and sessions that got there through the use cases."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import attrs

from autodoctor.adapters.documents.typst import TypstDocuments
from autodoctor.adapters.memory.clock import FixedClock
from autodoctor.adapters.memory.ids import CountingIds
from autodoctor.adapters.memory.mail import MemoryMailer
from autodoctor.adapters.memory.passwords import QuickPasswords
from autodoctor.adapters.memory.payment_records import MemoryPaymentRecords
from autodoctor.adapters.memory.payment_world import PaymentWorld
from autodoctor.adapters.memory.payments import MemoryPayments, MemoryPayoutAccounts
from autodoctor.adapters.memory.queries.all import MemoryQueries
from autodoctor.adapters.memory.storage import MemoryStorage
from autodoctor.adapters.memory.transactions import MemoryTransactions
from autodoctor.adapters.memory.whispers import MemoryWhispers
from autodoctor.adapters.oauth.providers import OAuthProviders
from autodoctor.adapters.storage.inspect import ContentInspector
from autodoctor.adapters.totp.codes import PyotpCodes
from autodoctor.adapters.vin.ultravin import UltravinDecoder
from autodoctor.adapters.webauthn.ceremonies import WebAuthnCeremonies
from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.operations.deliver import deliver
from autodoctor.application.operations.watched import watch
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.plans.catalogue import DEFAULT_PLANS
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.ids import AccountId, PlanSlug
from autodoctor.ports.bundle import Ports, Rules
from autodoctor.ports.queries import Queries
from autodoctor.ports.transactions import Transactions


@attrs.frozen
class Town:
    """Ports, and the hands on what lies behind them: the time, the bank, the stores."""

    ports: Ports
    clock: FixedClock
    bank: PaymentWorld
    kept: Transactions
    mailer: MemoryMailer


def memory_town(**replacements: Any) -> Town:
    """At noon of 2 March 2026, with the plans of the catalogue and nobody in it yet."""
    kept = MemoryTransactions(routes=ROUTES, watch=watch)
    return town_on(kept, MemoryQueries(kept), **replacements)


def town_on(kept: Transactions, queries: Queries, **replacements: Any) -> Town:
    """The same, with everything that is kept in stores of your own, which are empty."""
    clock, mailer = FixedClock(), MemoryMailer()
    bank = PaymentWorld(clock=clock.now)
    ports = Ports(
        transactions=kept,
        queries=queries,
        clock=clock,
        ids=CountingIds(),
        passwords=QuickPasswords(),
        codes=PyotpCodes("the secret key of tests"),
        ceremonies=WebAuthnCeremonies("https://autodoctor.example"),
        providers=OAuthProviders(),
        payments=MemoryPayments(bank),
        payment_records=MemoryPaymentRecords(bank),
        payout_accounts=MemoryPayoutAccounts(bank),
        notices=bank.notices,
        storage=MemoryStorage(),
        inspector=ContentInspector(),
        documents=TypstDocuments(),
        mailer=mailer,
        vins=UltravinDecoder(),
        whispers=MemoryWhispers(),
        rules=Rules(public_url="https://autodoctor.example"),
    )
    with kept(SYSTEM) as tx:
        for plan in DEFAULT_PLANS:
            tx.plans.put(plan)
    return Town(attrs.evolve(ports, **replacements), clock, bank, kept, mailer)


def memory_ports(**replacements: Any) -> Ports:
    """For those who need no hand on what lies behind the ports."""
    return memory_town(**replacements).ports


def _account(ports: Ports, role: Role, name: str) -> Actor:
    account = Account(
        id=AccountId(ports.ids.new()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name=name,
        password_hash="!",
        roles=frozenset({role}),
        created_at=ports.now(),
        verified_at=ports.now(),
    )
    with ports.transactions(SYSTEM) as tx:
        tx.accounts.add(account)
    return Actor(account.id, role)


def a_customer(ports: Ports) -> Actor:
    return _account(ports, Role.CUSTOMER, "Casey Driver")


def an_admin(ports: Ports) -> Actor:
    return _account(ports, Role.ADMIN, "Alex Admin")


def a_mechanic(ports: Ports, *, on_shift: bool = True) -> Actor:
    """Approved, with a complete profile, and not set up for payouts yet."""
    actor = _account(ports, Role.MECHANIC, "Morgan Wrench")
    mechanic = Mechanic(
        id=actor.mechanic_id,
        name="Morgan Wrench",
        approved=True,
        profile_completion=100,
        on_shift_since=ports.now() if on_shift else None,
    )
    with ports.transactions(SYSTEM) as tx:
        tx.mechanics.add(mechanic)
    return actor


def a_booking(
    ports: Ports,
    customer: Actor,
    *,
    plan: str = "full-diagnostic",
    scheduled_for: datetime | None = None,
) -> Intake:
    """An intake whose waiver is signed."""
    form = IntakeForm(
        plan=PlanSlug(plan),
        concern="It squeals when I brake.",
        vehicle=Vehicle(2015, "Honda", "Civic"),
        scheduled_for=scheduled_for,
    )
    intake = start_intake(ports, actor=customer, form=form)
    sign_waiver(
        ports,
        actor=customer,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    return intake


def open_page(town: Town, customer: Actor, intake: Intake) -> str:
    """The provider's id of the page where it is paid."""
    following = check_out(town.ports, actor=customer, intake_id=intake.id)
    assert following.checkout_id is not None, "only paid plans have a page"
    with town.kept(SYSTEM) as tx:
        provider_id = tx.checkouts.get(following.checkout_id).provider_id
    assert provider_id is not None, "the page was opened just now"
    return provider_id


def a_paid_page(town: Town, customer: Actor, *, plan: str = "full-diagnostic") -> str:
    """The provider's id of a checkout that was paid, of which we have not heard yet."""
    provider_id = open_page(town, customer, a_booking(town.ports, customer, plan=plan))
    town.bank.pay(provider_id)
    return provider_id


def a_paid_session(town: Town, customer: Actor, *, plan: str = "full-diagnostic") -> Session:
    """Waiting for a mechanic."""
    paid = resolve(town.ports, provider_id=a_paid_page(town, customer, plan=plan))
    with town.kept(SYSTEM) as tx:
        session = tx.sessions.of_checkout(paid.id)
    assert session is not None, "the customer had no other session"
    return session


def deliver_all(town: Town) -> int:
    """Hands out what is due now, and what that brings about; how many deliveries."""
    count = 0
    while True:
        with town.kept(SYSTEM) as tx:
            due = tx.outbox.due(at=town.clock.now(), most=100)
        if not due:
            return count
        for event_id, consumer in due:
            deliver(town.ports, event_id=event_id, consumer=consumer)
            count += 1
