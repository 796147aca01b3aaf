"""What mechanics tell of themselves on the way in, in PostgreSQL."""

from datetime import date
from typing import Any

import attrs
from sqlalchemy import Connection, RowMapping, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from autodoctor.adapters.postgres.booking import plain
from autodoctor.adapters.postgres.rows import Mapped, Row, RowStore, stored
from autodoctor.adapters.postgres.tables.joining import drafts, particulars
from autodoctor.domain.mechanics.draft import Answers, CertificationAnswers, Draft
from autodoctor.domain.mechanics.particulars import Certification, Particulars, ServiceTier
from autodoctor.domain.shared.ids import AccountId, DraftId, MechanicId
from autodoctor.ports.stores import Stale


def _certification_row(certification: Certification) -> Row:
    day = certification.expires_on
    return attrs.asdict(certification) | {"expires_on": day.isoformat() if day else None}


def _certification_of(values: Row) -> Certification:
    day = values["expires_on"]
    return Certification(**{**values, "expires_on": date.fromisoformat(day) if day else None})


def particulars_row(told: Particulars) -> Row:
    return attrs.asdict(told, recurse=False) | {
        "languages": list(told.languages),
        "certifications": [_certification_row(each) for each in told.certifications],
    }


def particulars_of(row: RowMapping) -> Particulars:
    tier = row["service_tier"]
    return Particulars(
        **{
            **row,
            "languages": tuple(row["languages"]),
            "certifications": tuple(map(_certification_of, row["certifications"])),
            "service_tier": ServiceTier(tier) if tier else None,
        }
    )


@attrs.frozen
class PostgresParticulars:
    _connection: Connection

    def get(self, mechanic_id: MechanicId, /) -> Particulars:
        found = self._connection.execute(_PARTICULARS, {"key": mechanic_id}).mappings().first()
        return Particulars(id=mechanic_id) if found is None else particulars_of(found)

    def save(self, told: Particulars, /) -> Particulars:
        after = attrs.evolve(told, version=told.version + 1)
        row = particulars_row(after)
        if told.version == 0:
            changed = self._connection.execute(
                upsert(particulars).on_conflict_do_nothing(), row
            ).rowcount
        else:
            mine = (particulars.c.id == told.id) & (particulars.c.version == told.version)
            changed = self._connection.execute(update(particulars).where(mine).values(row)).rowcount
        if changed != 1:
            raise Stale("particulars")
        return after


_PARTICULARS = select(*stored(particulars)).where(particulars.c.id == bindparam("key"))


def draft_row(draft: Draft) -> Row:
    return plain(draft) | {"answers": attrs.asdict(draft.answers)}


def answers_of(values: dict[str, Any]) -> Answers:
    """Fields that came later are empty, those that are asked no more are left out."""
    known = {field.name for field in attrs.fields(Answers)}
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in values.items()
        if name in known
    }
    certifications = tuple(CertificationAnswers(**each) for each in kept.pop("certifications", ()))
    return Answers(**kept, certifications=certifications)


def draft_of(row: RowMapping) -> Draft:
    return Draft(**{**row, "answers": answers_of(row["answers"])})


class PostgresDrafts(RowStore[Draft]):
    mapped = Mapped(drafts, draft_row, draft_of)

    def of_account(self, account_id: AccountId, /) -> Draft | None:
        return self._one(_OF_ACCOUNT, {"account_id": account_id})

    def of_sign_up(self, sign_up_id: AccountId, /) -> Draft | None:
        return self._one(_OF_SIGN_UP, {"sign_up_id": sign_up_id})

    def remove(self, draft_id: DraftId, /) -> None:
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))


_OF_ACCOUNT = select(drafts).where(drafts.c.account_id == bindparam("account_id"))
_OF_SIGN_UP = select(drafts).where(
    drafts.c.sign_up_id == bindparam("sign_up_id"), drafts.c.account_id.is_(None)
)
