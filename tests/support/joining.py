"""Drafts of mechanics that may be kept."""

from uuid import uuid4

from autodoctor.domain.mechanics.draft import Draft
from autodoctor.domain.shared.ids import DraftId
from support.scenery import AT


def new_draft(**changes: object) -> Draft:
    given = {"id": DraftId(uuid4()), "created_at": AT, "changed_at": AT}
    return Draft(**given | changes)  # type: ignore[arg-type]
