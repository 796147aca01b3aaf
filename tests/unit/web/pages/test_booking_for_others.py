"""Who is no customer and presses "Start free" is led home, with the reason."""

from collections.abc import Callable

import pytest

from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.testing.ports import a_customer, a_mechanic, an_admin, memory_town
from support.web import logged_in, web_in


@pytest.mark.parametrize(
    ("somebody", "home"), [(a_mechanic, "/mechanic/dashboard"), (an_admin, "/admin/dashboard")]
)
def test_who_is_no_customer_is_led_home(somebody: Callable[[Ports], Actor], home: str) -> None:
    town = memory_town()
    client = logged_in(web_in(town), town, somebody(town.ports))

    led = client.get("/onboarding/pricing?plan=free")

    assert (led.status_code, led.location) == (302, home)
    assert "Only customers book sessions." in client.get(home).text


def test_a_customer_goes_on_to_the_booking() -> None:
    town = memory_town()
    client = logged_in(web_in(town), town, a_customer(town.ports))

    assert client.get("/onboarding/pricing?plan=free").location == "/intake?plan=free"
