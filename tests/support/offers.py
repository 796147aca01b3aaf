"""What a mechanic is offered: a paid request, with photos, from whom and for whom one likes."""

import io
from typing import Any

from PIL import Image

from autodoctor.application.booking.checkout import check_out
from autodoctor.application.booking.start import IntakeForm, start_intake
from autodoctor.application.booking.waiver import sign_waiver
from autodoctor.application.payments.fulfilment import resolve
from autodoctor.application.room.files import announce, upload
from autodoctor.domain.booking.intake import Place
from autodoctor.domain.booking.vehicle import Vehicle
from autodoctor.domain.sessions.session import Session
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.domain.shared.ids import FileId, PlanSlug, RequestId, SessionId
from autodoctor.ports.bundle import Ports
from support.people import Person
from support.running import Running
from support.waiting import until

CONCERN = "Grinding brakes when I slow down, worse in the morning."


def paid_request(running: Running, who: Person, **form: Any) -> SessionId:
    """Booked, signed and paid: it waits for a mechanic."""
    ports = running.here.ports
    told: dict[str, Any] = {
        "plan": PlanSlug("quick-chat"),
        "concern": CONCERN,
        "vehicle": Vehicle(2015, "Honda", "Civic", odometer_km=84_000),
        "place": Place(country="CA", city="Toronto", province="ON"),
    }
    intake = start_intake(ports, actor=who.actor, form=IntakeForm(**(told | form)))
    sign_waiver(
        ports,
        actor=who.actor,
        intake_id=intake.id,
        full_name="Casey Driver",
        adult=True,
        address="127.0.0.1",
        agent="tests",
    )
    page = check_out(ports, actor=who.actor, intake_id=intake.id)
    provider_id = page.payment_url.rsplit("/", 1)[-1]
    running.sandbox("pay", checkout=provider_id)
    assert page.checkout_id is not None, "it is paid for"

    def opened() -> Session | None:
        resolve(ports, provider_id=provider_id)
        with ports.transactions(SYSTEM) as tx:
            return tx.sessions.of_checkout(page.checkout_id)  # type: ignore[arg-type]

    return SessionId(until("the session", opened).id)


def request_of(ports: Ports, session_id: SessionId) -> RequestId:
    with ports.transactions(SYSTEM) as tx:
        current = tx.requests.current(session_id)
    assert current is not None, "it waits, or is taken"
    return current.id


def photo(ports: Ports, who: Person) -> FileId:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "#884422").save(content, "JPEG")
    size = content.tell()
    content.seek(0)
    file = announce(
        ports,
        actor=who.actor,
        name="front-left.jpg",
        media_type="image/jpeg",
        size_bytes=size,
        description="",
    )
    return upload(ports, actor=who.actor, file_id=file.id, content=content).id
