"""The mechanics that fit best, for customers who choose and for alerts."""

from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.keywords import check_slugs, extract
from autodoctor.domain.matching.ranking import ALERTED_FIRST
from autodoctor.domain.matching.score import Score
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.bundle import Ports

Found = tuple[tuple[Mechanic, Score], ...]


def find_mechanics(
    ports: Ports,
    *,
    concern: str = "",
    keywords: tuple[str, ...] = (),
    brand: str | None = None,
    country: str = "",
    city: str = "",
    most: int = ALERTED_FIRST,
) -> Found:
    """Those on shift, best first, each with the reasons of their score."""
    wanted = Wanted(
        keywords=frozenset(check_slugs(keywords)) | frozenset(extract(concern)),
        brand=brand,
        country=country,
        city=city,
    )
    with ports.transactions(SYSTEM) as tx:
        ranked = tx.mechanics.best(wanted, most=most, today=ports.now().date())
        return tuple((tx.mechanics.get(each.candidate.mechanic_id), each.score) for each in ranked)


def online_count(ports: Ports) -> int:
    with ports.transactions(SYSTEM) as tx:
        return tx.mechanics.on_shift_count()
