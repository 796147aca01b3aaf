"""PostgreSQL types that SQLAlchemy has no name for."""

from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class Xid8(UserDefinedType[int]):
    """A 64-bit transaction id: ordered, never wrapping."""

    cache_ok = True

    def get_col_spec(self, **_keywords: object) -> str:
        return "xid8"


ischema_names["xid8"] = Xid8
