"""The demo's mechanics, as complete as somebody who filled in everything."""

import io
from datetime import date, datetime, timedelta
from uuid import uuid5

from PIL import Image, ImageDraw

from autodoctor.application.mechanics.completing import keep_mechanic
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Certification, Particulars, ServiceTier
from autodoctor.domain.room.file import File, FilePurpose
from autodoctor.domain.shared.ids import FileId, MechanicId
from autodoctor.entrypoints.demo.people import WORKSHOP, DemoPerson
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

SIZE = 320
SKINS = ("#8d5a3c", "#e0ac86", "#b9805a")
CLOTHES = ("#0e5a66", "#7a3b2e", "#3d4f7c")


def portrait(number: int) -> bytes:
    """Head and shoulders, drawn: nobody in particular."""
    image = Image.new("RGB", (SIZE, SIZE), "#dce8ea")
    draw = ImageDraw.Draw(image)
    draw.ellipse((40, 210, 280, 450), fill=CLOTHES[number % len(CLOTHES)])
    draw.ellipse((100, 60, 220, 200), fill=SKINS[number % len(SKINS)])
    draw.chord((92, 44, 228, 170), 180, 360, fill="#2b2320")
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return drawn.getvalue()


def keep_portrait(ports: Ports, person: DemoPerson) -> File:
    """Its content; again replaces it by the same."""
    content, at = portrait(person.id.int % 10), ports.now()
    file_id = FileId(uuid5(person.id, "portrait"))
    key = f"uploads/{file_id}.png"
    size = ports.storage.write(key, iter((content,)), media_type="image/png")
    return File(
        id=file_id,
        owner_id=person.id,
        name="portrait.png",
        media_type="image/png",
        kind="image",
        size_bytes=size,
        storage_key=key,
        created_at=at,
        stored_at=at,
        purpose=FilePurpose.MECHANIC_PHOTO,
    )


def add_mechanic(
    tx: Transaction,
    account: Account,
    person: DemoPerson,
    *,
    payouts: str,
    photo: File,
    at: datetime,
) -> None:
    mechanic_id, good_through = MechanicId(person.id), (at + timedelta(days=365)).date()
    tx.files.add(photo)
    tx.mechanics.add(
        Mechanic(
            id=mechanic_id,
            name=person.name,
            approved=True,
            papers_expire_on=good_through,
            workshop_id=WORKSHOP if person.in_workshop else None,
            years_of_experience=person.years,
            red_seal=person.red_seal,
            keywords=person.keywords,
            brands=person.brands,
            specializations=person.specializations,
            city=person.city,
            bio=person.bio,
            payout_account=payouts,
            payouts_ready=True,
        )
    )
    told = tx.particulars.save(_particulars(person, photo.id, good_through, at=at))
    keep_mechanic(tx, account, tx.mechanics.get(mechanic_id), told)


def _particulars(
    person: DemoPerson, photo_id: FileId, good_through: date, *, at: datetime
) -> Particulars:
    in_workshop = person.in_workshop
    return Particulars(
        id=MechanicId(person.id),
        date_of_birth=date(1984, 5, 17),
        province="ON",
        languages=person.languages,
        certifications=(
            Certification(
                type="310S Automotive service technician",
                number=f"31-{person.id.int % 10_000}",
                authority="Skilled Trades Ontario",
                region="Ontario",
                expires_on=good_through,
            ),
        ),
        red_seal_number=f"RS-{person.id.int % 10_000}" if person.red_seal else "",
        insurance_number=f"WR-{person.id.int % 10_000}",
        insurance_expires_on=good_through,
        background_check_agreed_at=at,
        service_tier=(
            ServiceTier.VIRTUAL_AND_WORKSHOP if in_workshop else ServiceTier.VIRTUAL_ONLY
        ),
        virtual_only_confirmed_at=None if in_workshop else at,
        payout_country="CA",
        photo_id=photo_id,
    )
