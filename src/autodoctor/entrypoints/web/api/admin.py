"""What admins look at."""

from datetime import datetime
from typing import Any
from uuid import UUID

import attrs
from msgspec import to_builtins

from autodoctor.application.access.sessions import DOSSIER
from autodoctor.application.sessions.views import timeline
from autodoctor.domain.shared.ids import SessionId
from autodoctor.entrypoints.web.api.declare import Endpoints
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.stores import Missing

admin = Endpoints("Admin")


@attrs.frozen(kw_only=True)
class MomentAnswer:
    """`data` holds the event's own fields."""

    id: UUID
    event: str
    at: datetime
    actor_id: UUID
    actor_role: str
    data: dict[str, Any]


@attrs.frozen
class TimelineAnswer:
    events: tuple[MomentAnswer, ...]


@admin.route(
    "GET",
    "/api/admin/sessions/{session_id}/timeline",
    action=DOSSIER,
    answer=TimelineAnswer,
    refusals=(Missing,),
)
def session_timeline(call: Call, *, session_id: SessionId) -> TimelineAnswer:
    """Everything that happened to a session, in order."""
    recorded = timeline(call.ports, actor=call.who, session_id=session_id)
    return TimelineAnswer(
        tuple(
            MomentAnswer(
                id=each.id,
                event=type(each.event).__name__,
                at=each.at,
                actor_id=each.actor_id,
                actor_role=each.actor_role,
                data=to_builtins(each.event),
            )
            for each in recorded
        )
    )
