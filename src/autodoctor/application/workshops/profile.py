"""A workshop's profile, as its staff keep it, and its logo."""

from typing import BinaryIO

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import EDIT, PROFILE
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.application.workshops.details import Details, checked, told
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import FileId, WorkshopId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.workshop_queries import DirectoryEntry

PREFIX_LENGTH_MAX = 7


@attrs.frozen
class Logo:
    media_type: str
    content: BinaryIO


def profile(ports: Ports, *, actor: Actor) -> Workshop:
    may(actor, PROFILE)
    with ports.transactions(actor) as tx:
        return open_workshop(tx, actor)


def change_profile(ports: Ports, *, actor: Actor, details: Details) -> Workshop:
    """What it has room for may be less than it has: then nobody else comes in. Raises
    InvalidField."""
    may(actor, EDIT)
    good = checked(details)
    with ports.transactions(actor) as tx:
        before = open_workshop(tx, actor, lock=True)
        after = told(before, good)
        return before if after == before else tx.workshops.save(after)


def change_logo(ports: Ports, *, actor: Actor, file_id: FileId) -> Workshop:
    """An uploaded picture, which was re-encoded when it came. Refusals: Missing, InvalidField."""
    may(actor, EDIT)
    with ports.transactions(actor) as tx:
        before = open_workshop(tx, actor, lock=True)
        file = own_upload(tx, actor, file_id)
        if before.profile.logo_key == file.storage_key:
            return before
        if file.kind != FileKind.IMAGE:
            raise InvalidField("file", "Choose a picture: JPEG, PNG or WebP.")
        use_file(tx, file, FilePurpose.WORKSHOP_LOGO, field="file")
        shown = attrs.evolve(before.profile, logo_key=file.storage_key)
        return tx.workshops.save(attrs.evolve(before, profile=shown))


def logo(ports: Ports, *, workshop_id: WorkshopId) -> Logo:
    """Of an open workshop, for everybody; the caller closes it. Raises Missing."""
    with ports.transactions(SYSTEM) as tx:
        workshop = tx.workshops.get(workshop_id)
    key = workshop.profile.logo_key
    if not workshop.open or not key:
        raise Missing("workshop")
    return Logo(_MEDIA_TYPES[key.rsplit(".", 1)[-1]], ports.storage.read(key))


_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def directory(ports: Ports, *, text: str = "", postal_code: str = "") -> tuple[DirectoryEntry, ...]:
    """Open workshops by name, for everybody; those that serve a postal code, or its beginning."""
    prefix = "".join(postal_code.split()).upper()[:PREFIX_LENGTH_MAX]
    return ports.queries.workshops.directory(text=text.strip()[:200], prefix=prefix)
