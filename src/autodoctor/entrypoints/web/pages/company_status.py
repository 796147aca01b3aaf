"""Where a company's application stands: the page of a company that is not approved."""

from typing import Final

from autodoctor.application.access.corporate import STANDING
from autodoctor.application.corporate.applying import standing
from autodoctor.application.corporate.papers import papers, show_paper
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.entrypoints.web.pages.business_status import Applicants, Found, status_pages
from autodoctor.entrypoints.web.pages.business_status_view import Business
from autodoctor.ports.bundle import Ports

COMPANY: Final = Business(
    path="/corporate",
    what="company",
    welcome=("Your company is in", "Set up your departments, and begin."),
    steps=("Your company", "Our review", "Open for your people"),
)


def _find(ports: Ports, actor: Actor) -> Found:
    found = standing(ports, actor=actor)
    return Found(found.organization.id, found.organization.name, found.application)


pages = status_pages(
    "company_status",
    Applicants(
        business=COMPANY,
        role=Role.CORPORATE,
        standing=STANDING,
        has_one=lambda actor: actor.organization_id is not None,
        find=_find,
        papers=papers,
        show_paper=show_paper,
    ),
)
