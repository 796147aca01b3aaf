"""The directory of workshops, for everybody."""

from typing import Final
from uuid import UUID

import attrs
from flask import Blueprint, Response, render_template, request

from autodoctor.application.access.operations import LOOK
from autodoctor.application.workshops.profile import directory, logo
from autodoctor.domain.shared.ids import WorkshopId
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.pictures import picture
from autodoctor.entrypoints.web.pages.viewer import initials
from autodoctor.entrypoints.web.parts import Person
from autodoctor.ports.workshop_queries import DirectoryEntry

pages = Blueprint("workshops", __name__, url_prefix="/workshops")

PREFIXES_SHOWN: Final = 8


@attrs.frozen(kw_only=True)
class EntryView:
    person: Person
    description: str
    website: str
    serves: str
    mechanics: str


@attrs.frozen(kw_only=True)
class DirectoryView:
    search: str
    postal_code: str
    entries: tuple[EntryView, ...]


@pages.get("")
@asks(LOOK)
def listed() -> str:
    search = request.args.get("search", "").strip()
    postal_code = request.args.get("postal_code", "").strip()
    found = directory(call().ports, text=search, postal_code=postal_code)
    view = DirectoryView(
        search=search, postal_code=postal_code, entries=tuple(map(entry_view, found))
    )
    return render_template("public/workshops.html", view=view)


def entry_view(entry: DirectoryEntry) -> EntryView:
    shown = ", ".join(entry.coverage[:PREFIXES_SHOWN])
    more = " and more" if len(entry.coverage) > PREFIXES_SHOWN else ""
    count = "1 mechanic" if entry.mechanics == 1 else f"{entry.mechanics} mechanics"
    return EntryView(
        person=Person(
            entry.name,
            initials(entry.name),
            photo_url=f"/workshops/{entry.id}/logo" if entry.has_logo else "",
            note=f"{entry.city}, {entry.province}",
        ),
        description=entry.description,
        website=entry.website,
        serves=f"Serves {shown}{more}" if shown else f"Serves {entry.radius_km} km around",
        mechanics=f"{count} by chat",
    )


@pages.get("/<uuid:workshop_id>/logo")
@asks(LOOK)
def show_logo(workshop_id: UUID) -> Response:
    found = logo(call().ports, workshop_id=WorkshopId(workshop_id))
    return picture(found.content, found.media_type, name="logo")
