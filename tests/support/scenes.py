"""One scene for many questions. Making one takes longer than asking everybody in it, and most of
what is asked changes nothing that the next answer depends on."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import attrs
import httpx
from sqlalchemy import text

from support.running import Running
from support.scene import Scene, live_scene

Clients = dict[str, httpx.Client]

_STATE = text("""
SELECT 'account', to_jsonb(t) - 'version' FROM accounts t WHERE id = ANY(:people)
UNION ALL
SELECT 'login', jsonb_build_array(t.token_hash, t.role, t.stage, t.ended_at)
    FROM logins t WHERE account_id = ANY(:people)
UNION ALL
SELECT 'workshop', jsonb_build_array(t.id, t.approved, t.suspended_at)
    FROM workshops t WHERE id = ANY(:businesses)
UNION ALL
SELECT 'organization', jsonb_build_array(t.id, t.approved, t.suspended_at)
    FROM organizations t WHERE id = ANY(:businesses)
UNION ALL
SELECT 'session', jsonb_build_array(t.status, t.mechanic_id) FROM sessions t WHERE id = :session
UNION ALL
SELECT 'request', jsonb_build_array(t.status, t.accepted_by) FROM requests t WHERE id = :request
UNION ALL
SELECT 'intake', jsonb_build_array(t.status) FROM intakes t WHERE id = :intake
UNION ALL
SELECT 'vehicle', jsonb_build_array(t.customer_id) FROM vehicles t WHERE id = :vehicle
UNION ALL
SELECT 'favorite', jsonb_build_array(t.customer_id) FROM favorites t WHERE id = :favorite
UNION ALL
SELECT 'key', jsonb_build_array(t.revoked_at)
    FROM api_keys t WHERE organization_id = ANY(:businesses)
UNION ALL
SELECT 'employee', jsonb_build_array(t.status) FROM employees t WHERE id = :employee
UNION ALL
SELECT 'invitation', jsonb_build_array(t.accepted_at, t.revoked_at)
    FROM invitations t WHERE id = :invitation
UNION ALL
SELECT 'department', jsonb_build_array(t.organization_id) FROM departments t WHERE id = :department
""")
"""Whatever can turn an answer into another refusal: who is in, and what there is."""


@attrs.define
class Scenes:
    """`now` is a scene as it was made, with a client for each of its people."""

    _running: Running
    _connect: Callable[[Scene], AbstractContextManager[Clients]]
    _open: ExitStack = attrs.field(factory=ExitStack)
    _last: tuple[Scene, Clients, list[Any]] | None = None

    def now(self) -> tuple[Scene, Clients]:
        if self._last is None or self._state(self._last[0]) != self._last[2]:
            self._open.close()
            scene = live_scene(self._running)
            clients = self._open.enter_context(self._connect(scene))
            self._last = (scene, clients, self._state(scene))
        return self._last[:2]

    def close(self) -> None:
        self._open.close()

    def _state(self, scene: Scene) -> list[Any]:
        actors = [who.actor for who in scene.people.values()]
        values = {
            "people": [actor.account_id for actor in actors],
            "businesses": [actor.workshop_id or actor.organization_id for actor in actors],
            "session": scene.session_id,
            "request": scene.request_id,
            "intake": scene.intake_id,
            "vehicle": scene.vehicle_id,
            "favorite": scene.favorite_id,
            "employee": scene.employee_id,
            "invitation": scene.invitation_id,
            "department": scene.department_id,
        }
        with self._running.here.engine.begin() as connection:
            found = connection.execute(_STATE, values).all()
        return sorted(map(repr, found))


@contextmanager
def scenes_of(
    running: Running, connect: Callable[[Scene], AbstractContextManager[Clients]]
) -> Iterator[Scenes]:
    made = Scenes(running, connect)
    try:
        yield made
    finally:
        made.close()
