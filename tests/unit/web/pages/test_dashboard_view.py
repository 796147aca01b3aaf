from datetime import timedelta
from uuid import UUID

import attrs

from autodoctor.application.booking.unfinished import Unfinished
from autodoctor.application.garage.details import CustomerProfile
from autodoctor.application.garage.figures import CustomerFigures
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.booking.concern import ConcernCategory
from autodoctor.domain.booking.intake import Intake
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.garage.details import CustomerDetails, Home
from autodoctor.domain.plans.catalogue import QUICK_CHAT
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, CustomerId, IntakeId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.dashboard_view import DashboardView, dashboard_view
from autodoctor.entrypoints.web.pages.notifications import notification_view
from autodoctor.entrypoints.web.pages.profile_form import profile_view
from autodoctor.entrypoints.web.pages.unfinished_view import unfinished_view
from autodoctor.ports.operations import Notification
from support.seen import NOW, VIEW, WHEN

DANA = Account(
    id=AccountId(UUID(int=11)),
    email=EmailAddress("dana@example.com"),
    name="Dana Whitfield",
    password_hash="!",
    roles=frozenset({Role.CUSTOMER}),
    created_at=NOW,
    verified_at=NOW,
    time_zone="Europe/Berlin",
)


def dashboard(account: Account = DANA, *, online: int = 3, free_left: int = 1) -> DashboardView:
    figures = CustomerFigures(
        sessions=1,
        spent=Money(2999),
        free_session_used=not free_left,
        active=None,
        recent=(VIEW,),
        favorites=0,
        mechanics_online=online,
    )
    return dashboard_view(account, figures, when=WHEN)


def test_a_customer_is_greeted_and_sees_who_is_on_shift() -> None:
    view = dashboard()

    assert view.greeting == "Hello, Dana"
    assert (view.sessions, view.spent) == ("1", "$29.99")
    assert (view.online, view.online_note) == ("3", "on shift now")
    assert dashboard(online=0).online_note == "requests wait up to 15 minutes"


def test_a_free_session_leads_on_as_long_as_there_is_one() -> None:
    assert dashboard().free_url == "/intake?plan=free"
    assert (dashboard(free_left=0).free, dashboard(free_left=0).free_url) == ("Used", "")


def test_a_booking_that_was_left_leads_back_to_where_it_is_paid() -> None:
    intake = Intake(
        id=IntakeId(UUID(int=7)),
        customer_id=CustomerId(DANA.id),
        plan=QUICK_CHAT.slug,
        vehicle=Vehicle(2015, "Honda", "Civic"),
        concern="It squeals.",
        category=ConcernCategory.DIAGNOSTIC_HELP,
        created_at=NOW,
    )

    view = unfinished_view(Unfinished(intake, QUICK_CHAT), WHEN)

    assert view is not None
    assert view.what == "Quick Chat, $9.99 for your 2015 Honda Civic"
    assert view.begun.startswith("Today, ")
    assert view.url == f"/waiver?intake={intake.id}"
    assert unfinished_view(None, WHEN) is None


def test_an_address_that_is_not_confirmed_is_asked_for() -> None:
    assert dashboard(attrs.evolve(DANA, verified_at=None)).unverified
    assert not dashboard().unverified


def test_a_profile_shows_what_is_kept_or_what_was_typed() -> None:
    home = Home(city="Toronto", country="CA")
    dana = CustomerProfile(DANA, CustomerDetails(id=CustomerId(DANA.id), home=home))
    kept, refused = profile_view(dana), profile_view(dana, {"phone": "x"}, {"phone": "No."})

    assert kept.form.values["full_name"] == "Dana Whitfield"
    assert (kept.form.values["city"], kept.countries[0].label) == ("Toronto", "Canada")
    assert kept.zones[0].value == "Europe/Berlin"
    assert (refused.form.values["phone"], refused.form.errors["phone"]) == ("x", "No.")


def test_a_notification_is_new_until_it_is_read() -> None:
    told = Notification(
        id=UUID(int=1),
        account_id=DANA.id,
        occasion="session_ended",
        reference="1",
        title="Your session is complete",
        url="/customer/sessions/1",
        at=NOW - timedelta(minutes=5),
    )

    assert notification_view(told, WHEN).unread
    assert notification_view(told, WHEN).ago == "5 minutes ago"
    assert not notification_view(attrs.evolve(told, read_at=NOW), WHEN).unread
