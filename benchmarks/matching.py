"""The ten best of 100,000 mechanics, from PostgreSQL, against scoring them all."""

import random
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg

from autodoctor.adapters.embedded.postgres import OWNER
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.mechanics import PostgresMechanics
from autodoctor.adapters.postgres.pool import pool_row
from autodoctor.adapters.postgres.rows import Guards
from autodoctor.application.mechanics.eligibility import candidate_of
from autodoctor.domain.matching.candidate import Candidate, Wanted
from autodoctor.domain.matching.keywords import KEYWORDS
from autodoctor.domain.matching.ranking import rank
from autodoctor.domain.matching.score import score
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.reputation import Reputation
from autodoctor.domain.shared.ids import MechanicId
from benchmarks.cluster import cluster
from benchmarks.table import Measured, percentile

MECHANICS = 100_000
ONLINE_SHARE = 0.3
QUESTIONS = 200
CHECKED = 25
SLUGS = [keyword.slug for keyword in KEYWORDS]
BRANDS = ["Honda", "Toyota", "BMW", "Tesla", "Ford", "Audi", "Mazda", "Volvo"]
CITIES = ["Toronto", "Montreal", "Vancouver", "Calgary", "Ottawa", "London"]
START = datetime(2026, 1, 1, tzinfo=UTC)


def mechanic(number: int, chance: random.Random) -> Mechanic:
    count = chance.randrange(0, 60)
    online = chance.random() < ONLINE_SHARE
    return Mechanic(
        id=MechanicId(UUID(int=chance.getrandbits(128))),
        name=f"Mechanic {number}",
        approved=True,
        profile_completion=chance.randrange(80, 101),
        years_of_experience=chance.randrange(0, 30),
        red_seal=chance.random() < 0.5,
        keywords=frozenset(chance.sample(SLUGS, chance.randrange(3, 12))),
        brands=frozenset(chance.sample(BRANDS, chance.randrange(0, 4))),
        country=chance.choice(["CA", "CA", "CA", "US"]),
        city=chance.choice(CITIES),
        reputation=Reputation(sum(chance.randrange(3, 6) for _ in range(count)), count),
        completed_sessions=chance.randrange(0, 90),
        on_shift_since=START + timedelta(seconds=chance.randrange(86_400)) if online else None,
    )


def question(chance: random.Random) -> Wanted:
    return Wanted(
        keywords=frozenset(chance.sample(SLUGS, chance.randrange(0, 5))),
        brand=chance.choice([*BRANDS, None, None]),
        country=chance.choice(["CA", "US", ""]),
        city=chance.choice([*CITIES, ""]),
    )


def load(connection: psycopg.Connection[tuple[object, ...]], all_of_them: list[Mechanic]) -> None:
    accounts = (
        "COPY accounts (id, email, name, password_hash, roles, phone, time_zone, language, "
        "standing, created_at, version) FROM STDIN"
    )
    with connection.cursor().copy(accounts) as copy:
        for each in all_of_them:
            email = f"{each.id.hex}@bench.example"
            row = (
                each.id,
                email,
                each.name,
                "!",
                ["mechanic"],
                "",
                "UTC",
                "en",
                "active",
                START,
                0,
            )
            copy.write_row(row)
    columns = (
        "id, name, approved, profile_completion, workshop_approved, years_of_experience, "
        "red_seal, keywords, brands, specializations, country, city, bio, rating_stars, "
        "rating_count, completed_sessions, on_shift_since, payouts_ready, version"
    )
    with connection.cursor().copy(f"COPY mechanics ({columns}) FROM STDIN") as copy:
        for each in all_of_them:
            copy.write_row(_row(each))
    pooled = [pool_row(each) for each in all_of_them if each.on_shift]
    names = ", ".join(pooled[0])
    with connection.cursor().copy(f"COPY pool ({names}) FROM STDIN") as copy:
        for row in pooled:
            copy.write_row(tuple(row.values()))
    connection.execute("ANALYZE")


def _row(each: Mechanic) -> tuple[object, ...]:
    return (
        *(each.id, each.name, True, each.profile_completion, True, each.years_of_experience),
        *(each.red_seal, sorted(each.keywords), sorted(each.brands), [], each.country),
        *(each.city, "", each.reputation.stars, each.reputation.count),
        *(each.completed_sessions, each.on_shift_since, True, 0),
    )


def measure() -> list[Measured]:
    chance = random.Random(20260101)
    everybody = [mechanic(number, chance) for number in range(MECHANICS)]
    questions = [question(chance) for _ in range(QUESTIONS)]
    candidates = [candidate_of(each) for each in everybody]
    with cluster() as postgres:
        with psycopg.connect(postgres.url(OWNER)) as connection:
            load(connection, everybody)
        with psycopg.connect(postgres.url(OWNER), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE pool, mechanics")
        asked = engine(postgres.url(OWNER), connections=1)
        took, equal = _ask(asked, questions, candidates)
        asked.dispose()
    p50, p95 = percentile(took, 0.5) * 1000, percentile(took, 0.95) * 1000
    how = f"p95 {p95:.1f} ms; {equal} of {CHECKED} answers equal scoring all {MECHANICS:,}"
    goal = "p50 ≤ 10 ms, equal"
    good = p50 <= 10 and equal == CHECKED
    return [
        Measured("ten best of 100,000", f"{p50:.1f} ms", goal, good, how),
        _scorer(candidates, questions[0]),
    ]


def _ask(
    asked: object, questions: list[Wanted], candidates: list[Candidate]
) -> tuple[list[float], int]:
    from sqlalchemy import Engine

    assert isinstance(asked, Engine)
    took, equal = [], 0
    for number, wanted in enumerate(questions):
        with asked.begin() as connection:
            store = PostgresMechanics(connection, Guards())
            began = time.perf_counter()
            found = store.best(wanted, most=10, today=START.date())
            took.append(time.perf_counter() - began)
        if number < CHECKED:
            equal += found == rank(candidates, wanted, most=10)
    return took, equal


def _scorer(candidates: list[Candidate], wanted: Wanted) -> Measured:
    online = [each for each in candidates if each.online]
    began = time.perf_counter()
    for each in online:
        score(each, wanted)
    rate = len(online) / (time.perf_counter() - began)
    return Measured("pure scorer", f"{rate:,.0f}/s", "", True, "candidates online, with reasons")
