"""Addresses of one place count together."""

import pytest

from autodoctor.domain.shared.networks import network


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("localhost", ""),
        ("203.0.113.7/24", ""),
    ],
)
def test_a_place_is_an_ipv4_address_or_the_network_of_an_ipv6_address(
    address: str, place: str
) -> None:
    assert network(address) == place
