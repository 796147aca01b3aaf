"""Addresses as limits count them."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

IPV6_PREFIX: Final = 64
"""What one household or server is given; inside it addresses cost nothing."""


def network(address: str) -> str:
    """What counts as one place: an IPv4 address, or the /64 of an IPv6 address; "" for neither."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
