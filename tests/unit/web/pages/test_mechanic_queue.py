from datetime import timedelta
from typing import Any

import attrs
import pytest

from autodoctor.application.mechanics.queue import Offer, Queue
from autodoctor.domain.matching.eligibility import Obstacle
from autodoctor.domain.matching.score import Factor, Reason, Score
from autodoctor.domain.sessions.routing import Routing, RoutingKind
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.mechanic_queue import (
    EXCERPT_CHARACTERS,
    OfferView,
    excerpt,
    offer_view,
    queue_view,
)
from autodoctor.entrypoints.web.pages.mechanic_request import request_page
from autodoctor.entrypoints.web.pages.when import When
from support.seen import MAYA, NOW, REQUEST

ASKED = attrs.evolve(
    REQUEST,
    keywords=("brake-noise", "brakes"),
    odometer_km=84_000,
    waiting_since=NOW - timedelta(minutes=2),
    expires_at=NOW + timedelta(minutes=13),
)
SCORE = Score(
    MAYA,
    115,
    (
        Reason(Factor.ONLINE, 50),
        Reason(Factor.KEYWORDS, 30, "brake-noise, brakes"),
        Reason(Factor.CITY, 35, "Toronto"),
    ),
)


def when(*, at: Any = NOW, zone: str = "America/Toronto") -> When:
    return When(zone, at)


def offer(**given: Any) -> Offer:
    request = attrs.evolve(ASKED, **given)
    open_for = request.expires_at - NOW
    return Offer(request=request, score=SCORE, pays=Money(800), open_for=open_for)


def shown(*, busy: bool = False, **given: Any) -> OfferView:
    return offer_view(offer(**given), when(), mechanic_id=MAYA, busy=busy)


def test_an_offer_says_what_it_is_what_it_pays_and_until_when() -> None:
    view = shown(urgent=True, files=2)

    assert (view.title, view.about) == ("2018 Honda Civic", "Brakes")
    assert view.plan == "Quick Chat, 30 minutes by chat"
    assert (view.pays, view.open_until[:4], view.left) == ("$8.00", "2:45", "13:00")
    assert view.asked == "2 minutes ago"
    assert view.keywords == ("Brake noise", "Brakes")
    assert view.files == "2 photos or files"


def test_times_are_told_in_the_mechanics_own_zone() -> None:
    view = offer_view(offer(), when(zone="America/Vancouver"), mechanic_id=MAYA, busy=False)

    assert view.open_until.startswith("11:45")


def test_without_a_vehicle_an_offer_is_called_by_what_it_is_about() -> None:
    view = shown(vehicle="")

    assert (view.title, view.about) == ("Brakes", "Vehicle not given")


def test_what_a_mechanic_knows_stands_first_and_what_all_share_is_left_out() -> None:
    assert shown().fits == "You know this: Brake noise, Brakes · You are both in Toronto"


def test_every_reason_is_told_with_its_points_the_weightiest_first() -> None:
    assert [(each.text, each.points) for each in shown().reasons] == [
        ("You are on shift", "+50"),
        ("You are both in Toronto", "+35"),
        ("You know this: Brake noise, Brakes", "+30"),
    ]


def test_every_factor_has_words_of_its_own() -> None:
    reasons = tuple(Reason(factor, 10, "brakes") for factor in Factor)
    score = Score(MAYA, 10 * len(reasons), reasons)

    told = offer_view(attrs.evolve(offer(), score=score), when(), mechanic_id=MAYA, busy=False)

    texts = {each.text for each in told.reasons}
    assert len(texts) == len(Factor)
    assert not texts & set(Factor)


class TestWhoSeesItFirst:
    def test_a_chosen_mechanic_is_told_so_and_until_when(self) -> None:
        view = shown(routing=Routing(chosen_mechanic_id=MAYA), waiting_since=NOW)

        assert view.alone.startswith("They chose you: only you see it until 2:33")

    def test_a_workshop_is_told_that_it_comes_first(self) -> None:
        hybrid = Routing(RoutingKind.HYBRID, WorkshopId(MAYA))

        assert shown(routing=hybrid, waiting_since=NOW).alone.startswith("Only your workshop")

    def test_afterwards_nothing_is_said(self) -> None:
        assert shown(routing=Routing(chosen_mechanic_id=MAYA)).alone == ""
        assert shown().alone == ""


class TestSomebodyInASession:
    def test_takes_nothing_now(self) -> None:
        assert shown(busy=True).accept_url == ""
        assert shown(busy=False).accept_url.endswith("/accept")

    def test_may_take_an_appointment(self) -> None:
        later = shown(busy=True, scheduled_for=NOW + timedelta(days=1))

        assert later.accept_url.endswith("/accept")
        assert later.appointment.startswith("Tomorrow, 2:32")


def test_a_mark_changes_with_what_may_be_done_and_not_with_age() -> None:
    older = offer_view(offer(), when(at=NOW + timedelta(minutes=3)), mechanic_id=MAYA, busy=False)

    assert older.mark == shown().mark
    assert older.asked != shown().asked
    assert shown(busy=True).mark != shown().mark


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_is_a_sentence(obstacle: Obstacle) -> None:
    view = queue_view(Queue(obstacles=(obstacle,), offers=()), when(), mechanic_id=MAYA, busy=False)

    assert view.obstacles[0].text.endswith(".")
    assert obstacle not in view.obstacles[0].title
    assert view.off_shift is (obstacle is Obstacle.OFF_SHIFT)


def test_a_long_concern_is_cut_between_words() -> None:
    cut = excerpt("brake " * 100)

    assert cut.endswith("brake …")
    assert len(cut) <= EXCERPT_CHARACTERS + 2
    assert excerpt("Short\n enough") == "Short enough"
    assert excerpt("x" * 500).startswith("x" * EXCERPT_CHARACTERS)


class TestOneRequest:
    def test_tells_all_the_facts_that_are_there(self) -> None:
        page = request_page(offer(), (), when(), mechanic_id=MAYA, busy=False)

        facts = {fact.label: fact.value for fact in page.facts}
        assert facts["Odometer"] == "84,000 km"
        assert facts["Where"] == "Toronto, Canada"
        assert facts["Customer"] == "Dana"
        assert "Appointment" not in facts

    def test_says_of_what_the_pay_is_a_part(self) -> None:
        page = request_page(offer(), (), when(), mechanic_id=MAYA, busy=False)

        assert "of the $9.99 the customer paid" in page.pays_note

    def test_says_that_a_free_session_pays_nothing(self) -> None:
        page = request_page(offer(price=Money(0)), (), when(), mechanic_id=MAYA, busy=False)

        assert "pays nothing" in page.pays_note
