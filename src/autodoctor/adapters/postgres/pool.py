"""The pool of mechanics on shift, and the best of them for a request: the score in SQL.

Most of a score does not depend on the request, so that the best of one's own city cannot be
beaten from elsewhere when they are good enough; the same goes for specialists of a brand. Only
when that is not certain is everybody looked at.
"""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, BIT, TEXT

from autodoctor.adapters.postgres.rows import Row
from autodoctor.adapters.postgres.tables.mechanics import pool
from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Wanted
from autodoctor.domain.matching.eligibility import PROFILE_COMPLETION_MIN
from autodoctor.domain.matching.keywords import KEYWORDS
from autodoctor.domain.matching.score import (
    BRAND,
    CITY,
    COUNTRY,
    OWN_POINTS_MAX,
    PER_KEYWORD,
    score,
)
from autodoctor.domain.mechanics.mechanic import Mechanic

_BIT: Final = {keyword.slug: 1 << place for place, keyword in enumerate(KEYWORDS)}


def keyword_mask(slugs: frozenset[str]) -> int:
    """The keywords as bits, so that PostgreSQL counts common ones with one instruction."""
    return sum(_BIT[slug] for slug in slugs if slug in _BIT)


def pool_row(mechanic: Mechanic) -> Row:
    """What of the score does not depend on the request is added up once, by the scorer."""
    candidate = candidate_of(mechanic)
    return {
        "mechanic_id": mechanic.id,
        "own_points": score(candidate, Wanted()).points,
        "keyword_mask": keyword_mask(mechanic.keywords),
        "brands": sorted(brand.casefold() for brand in mechanic.brands),
        "country": mechanic.country.casefold(),
        "city": mechanic.city.casefold(),
        "rating": candidate.rating or 0,
        "completed_sessions": mechanic.completed_sessions,
        "waiting_since": mechanic.waiting_since,
        "papers_expire_on": mechanic.papers_expire_on,
    }


def pooled(mechanic: Mechanic) -> bool:
    complete = mechanic.profile_completion >= PROFILE_COMPLETION_MIN
    return mechanic.on_shift and mechanic.approved and mechanic.workshop_approved and complete


def points(wanted: Wanted) -> ColumnElement[Any]:
    """The score in SQL: own points and what the request adds; factors not asked for are left
    out of the statement."""
    total: ColumnElement[Any] = pool.c.own_points
    mask = keyword_mask(wanted.keywords)
    if mask:
        common = func.bit_count(pool.c.keyword_mask.op("&")(mask).cast(BIT(64)))
        total = total + PER_KEYWORD * common
    if wanted.brand:
        expert = literal(wanted.brand.casefold()) == func.any(pool.c.brands)
        total = total + case((expert, BRAND), else_=0)
    if wanted.country:
        here = pool.c.country == wanted.country.casefold()
        total = total + case((here, COUNTRY), else_=0)
        if wanted.city:
            near = here & (pool.c.city == wanted.city.casefold())
            total = total + case((near, CITY), else_=0)
    return total


def best_keys(connection: Connection, wanted: Wanted, *, most: int, today: date) -> list[UUID]:
    """The ids of the best, as `matching.ranking` orders them."""
    for subset, others_at_most in _subsets(wanted):
        found = _ordered(connection, wanted, subset, most=most, today=today)
        if len(found) == most and found[-1][1] > others_at_most:
            return [key for key, _ in found]
    return [key for key, _ in _ordered(connection, wanted, None, most=most, today=today)]


def _subsets(wanted: Wanted) -> list[tuple[ColumnElement[bool], int]]:
    """Parts of the pool that an index finds, each with the most that anybody outside can have."""
    found = []
    most = OWN_POINTS_MAX + PER_KEYWORD * len(wanted.keywords)
    brand, country = BRAND if wanted.brand else 0, COUNTRY if wanted.country else 0
    city = CITY if wanted.country and wanted.city else 0
    if city:
        found.append((_in_city(wanted), most + brand + country))
    elif wanted.brand:
        found.append((_of_brand(wanted.brand), most + country))
    return found


def _in_city(wanted: Wanted) -> ColumnElement[bool]:
    return and_(pool.c.country == wanted.country.casefold(), pool.c.city == wanted.city.casefold())


def _of_brand(brand: str) -> ColumnElement[bool]:
    return pool.c.brands.bool_op("@>")(literal([brand.casefold()], ARRAY(TEXT)))


def _ordered(
    connection: Connection,
    wanted: Wanted,
    subset: ColumnElement[bool] | None,
    *,
    most: int,
    today: date,
) -> list[tuple[UUID, int]]:
    total = points(wanted)
    valid = pool.c.papers_expire_on.is_(None) | (pool.c.papers_expire_on >= today)
    order = (
        total.desc(),
        pool.c.rating.desc(),
        pool.c.completed_sessions.desc(),
        pool.c.waiting_since,
        pool.c.mechanic_id,
    )
    chosen = select(pool.c.mechanic_id, total.label("points")).where(valid)
    if subset is not None:
        chosen = chosen.where(subset)
    rows = connection.execute(chosen.order_by(*order).limit(most))
    return [(row.mechanic_id, row.points) for row in rows]
