"""Where a workshop's application stands: the only page of a workshop that is not approved."""

from typing import Final

from autodoctor.application.access.workshops import STANDING
from autodoctor.application.workshops.applying import standing
from autodoctor.application.workshops.papers import papers, show_paper
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.entrypoints.web.pages.business_status import Applicants, Found, status_pages
from autodoctor.entrypoints.web.pages.business_status_view import Business
from autodoctor.ports.bundle import Ports

WORKSHOP: Final = Business(
    path="/workshop",
    what="workshop",
    welcome=("Your workshop is in", "Invite your mechanics, and begin."),
    steps=("Your business", "Our review", "Open for work"),
)


def _find(ports: Ports, actor: Actor) -> Found:
    found = standing(ports, actor=actor)
    return Found(found.workshop.id, found.workshop.name, found.application)


pages = status_pages(
    "workshop_status",
    Applicants(
        business=WORKSHOP,
        role=Role.WORKSHOP,
        standing=STANDING,
        has_one=lambda actor: actor.workshop_id is not None,
        find=_find,
        papers=papers,
        show_paper=show_paper,
    ),
)
