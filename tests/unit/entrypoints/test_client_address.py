import pytest

from autodoctor.domain.shared.networks import network
from autodoctor.entrypoints.client_address import network_of


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("nonsense", ""),
    ],
)
def test_addresses_count_by_the_network_that_one_client_has(address: str, counted_as: str) -> None:
    assert network(address) == counted_as


@pytest.mark.parametrize(
    ("hops", "counted"),
    [(0, "203.0.113.7"), (1, "3.3.3.3"), (2, "2.2.2.2"), (3, "203.0.113.7")],
)
def test_only_trusted_proxies_say_who_somebody_is(hops: int, counted: str) -> None:
    forwarded = "2.2.2.2, 3.3.3.3"

    assert network_of("203.0.113.7", forwarded=forwarded, trusted_proxies=hops) == counted


def test_an_empty_header_says_nothing() -> None:
    assert network_of("203.0.113.7", forwarded="", trusted_proxies=1) == "203.0.113.7"
