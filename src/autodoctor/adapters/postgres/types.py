"""PostgreSQL types that SQLAlchemy has no name for."""

from sqlalchemy.types import UserDefinedType


class Xid8(UserDefinedType[int]):
    """A 64-bit transaction id: ordered, never wrapping."""

    cache_ok = True

    def get_col_spec(self, **_keywords: object) -> str:
        return "xid8"
