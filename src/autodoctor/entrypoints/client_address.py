"""Where a request comes from, as limits count it."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

IPV6_PREFIX: Final = 64
"""What one household or server is given; inside it addresses cost nothing."""


def network_of(peer: str, *, forwarded: str, trusted_proxies: int) -> str:
    """The client's network: `peer` is who is connected, `forwarded` the X-Forwarded-For header,
    of which only what the trusted proxies have added counts."""
    hops = forwarded.split(",")
    if 0 < trusted_proxies <= len(hops):
        return network(hops[-trusted_proxies].strip() or peer)
    return network(peer)


def network(address: str) -> str:
    """An IPv4 address, or an IPv6 address' /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
