"""Where a request comes from, as the security log keeps it."""

from ipaddress import ip_address
from typing import Final

import attrs

AGENT_LENGTH_MAX: Final = 200
REQUEST_ID_LENGTH_MAX: Final = 64


@attrs.frozen
class Origin:
    """All empty for what no request has caused: timers, commands on the machine."""

    address: str = ""
    agent: str = ""
    request_id: str = ""

    @classmethod
    def of(cls, *, address: str, agent: str, request_id: str) -> "Origin":
        """From what a client may have made up: what is no IP address is none, and the user agent
        is cut to AGENT_LENGTH_MAX printable characters."""
        printable = "".join(each for each in agent if each.isprintable())
        return cls(_ip(address), printable[:AGENT_LENGTH_MAX], request_id[:REQUEST_ID_LENGTH_MAX])


NOWHERE: Final = Origin()


def _ip(address: str) -> str:
    """In its canonical form and without a zone, so that it can be searched for."""
    try:
        return str(ip_address(address.split("%", maxsplit=1)[0]))
    except ValueError:
        return ""
