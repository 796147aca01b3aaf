"""What staff did, as pages tell it."""

import attrs

from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.audit import Deed


@attrs.frozen
class Happened:
    """`what` begins with a capital; `reason` may be empty."""

    what: str
    reason: str
    at: str
    when: str


def happened(deed: Deed, when: When) -> Happened:
    what = deed.action[:1].upper() + deed.action[1:]
    return Happened(what, deed.reason, deed.at.isoformat(), when.moment(deed.at))
