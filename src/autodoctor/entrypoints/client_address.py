"""Where a request comes from, as limits count it."""

from autodoctor.domain.shared.networks import network


def network_of(peer: str, *, forwarded: str, trusted_proxies: int) -> str:
    """The client's network: `peer` is who is connected, `forwarded` the X-Forwarded-For header,
    of which only what the trusted proxies have added counts."""
    hops = forwarded.split(",")
    if 0 < trusted_proxies <= len(hops):
        return network(hops[-trusted_proxies].strip() or peer)
    return network(peer)
