"""The draft of the request at hand: the mechanic's own, or the one this browser holds."""

from typing import Final, TypeVar
from uuid import UUID

from flask import request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from autodoctor.application.mechanics.drafts import (
    keep_own_draft,
    keep_visitors_draft,
    own_draft,
    visitors_draft,
)
from autodoctor.domain.mechanics.draft import KEPT, Answers, Draft
from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import DraftId
from autodoctor.entrypoints.web.call import Call
from autodoctor.entrypoints.web.sign_ups import held_sign_up

COOKIE: Final = "autodoctor_draft"
R = TypeVar("R", bound=Response)


def _seal(here: Call) -> URLSafeSerializer:
    return URLSafeSerializer(here.web.config.signing_keys, salt="autodoctor.mechanic-draft")


def held_id(here: Call) -> DraftId | None:
    """What the cookie names; None without one, or for one that we did not make."""
    try:
        return DraftId(UUID(_seal(here).loads(request.cookies.get(COOKIE, ""))))
    except (BadData, ValueError, AttributeError):
        return None


def is_mechanic(here: Call) -> bool:
    return here.actor is not None and here.actor.role is Role.MECHANIC


def held(here: Call) -> Draft | None:
    if is_mechanic(here):
        return own_draft(
            here.ports,
            actor=here.who,
            draft_id=held_id(here),
            sign_up_id=held_sign_up(here),
        )
    return visitors_draft(here.ports, draft_id=held_id(here))


def keep(here: Call, answers: Answers) -> Draft:
    """As typed, whether it is right or not."""
    if is_mechanic(here):
        return keep_own_draft(here.ports, actor=here.who, answers=answers)
    return keep_visitors_draft(here.ports, draft_id=held_id(here), answers=answers)


def holding(here: Call, response: R, draft: Draft) -> R:
    """With the cookie that finds it again, out of reach of scripts and other sites' forms."""
    if draft.account_id is None:
        sealed = _seal(here).dumps(str(draft.id))
        response.set_cookie(
            COOKIE,
            sealed if isinstance(sealed, str) else sealed.decode("ascii"),
            max_age=KEPT,
            httponly=True,
            samesite="Lax",
            secure=here.web.config.production,
            path="/",
        )
    return response
