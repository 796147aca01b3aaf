"""Who is on both sides of a session, by way of a workshop: `workshops_of` is the function that the
database's own guards use."""

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, func, or_, select

from autodoctor.adapters.postgres.tables.sessions import sessions
from autodoctor.domain.sessions.states import ENDED

OPEN_WITH = (
    select(sessions.c.id)
    .where(
        sessions.c.status.not_in(sorted(ENDED)),
        sessions.c.mechanic_id.is_not(None),
        or_(
            and_(
                sessions.c.customer_id == bindparam("account"),
                bindparam("workshop", type_=Uuid)
                == any_(func.workshops_of(sessions.c.mechanic_id, type_=ARRAY(Uuid))),
            ),
            and_(
                sessions.c.mechanic_id == bindparam("account"),
                bindparam("workshop", type_=Uuid)
                == any_(func.workshops_of(sessions.c.customer_id, type_=ARRAY(Uuid))),
            ),
        ),
    )
    .limit(1)
)
TIES = select(
    func.workshops_of(bindparam("customer"), type_=ARRAY(Uuid)),
    func.workshops_of(bindparam("mechanic"), type_=ARRAY(Uuid)),
)
