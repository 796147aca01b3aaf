"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network

from granian.rsgi import Scope

IPV6_PREFIX = 64
"""What one household or server is given; inside it addresses cost nothing."""


def network_of(scope: Scope, trusted_proxies: int) -> str:
    """The client's IPv4 address or /64 network, as the last trusted proxy saw it."""
    address = scope.client.rpartition(":")[0].strip("[]")
    if trusted_proxies:
        hops = scope.headers.get("x-forwarded-for", "").split(",")
        address = hops[-trusted_proxies].strip() if len(hops) >= trusted_proxies else address
    return network(address)


def network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
