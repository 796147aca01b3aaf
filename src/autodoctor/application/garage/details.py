"""What customers tell about themselves beside name and phone: where they live, their photo."""

import attrs

from autodoctor.application.access.accounts import PROFILE
from autodoctor.application.access.may import may
from autodoctor.application.accounts.profile import described
from autodoctor.application.room.discarding import let_go
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.garage.details import CustomerDetails, Home, check_home
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, FileId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.transactions import Transaction

OWN = PROFILE.by(Role.CUSTOMER)


@attrs.frozen
class CustomerProfile:
    account: Account
    details: CustomerDetails


def customer_profile(ports: Ports, *, actor: Actor) -> CustomerProfile:
    may(actor, OWN)
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id)
        return CustomerProfile(account, tx.customer_details.get(actor.customer_id))


def change_customer(
    ports: Ports,
    *,
    actor: Actor,
    full_name: str | None = None,
    phone: str | None = None,
    time_zone: str | None = None,
    language: str | None = None,
    home: Home | None = None,
) -> CustomerProfile:
    """What is None stays. All of it or nothing; raises InvalidField."""
    may(actor, OWN)
    checked = None if home is None else check_home(home)
    with ports.transactions(actor) as tx:
        before = tx.accounts.get(actor.account_id, lock=True)
        told = described(
            before, full_name=full_name, phone=phone, time_zone=time_zone, language=language
        )
        account, details = tx.accounts.save(told), tx.customer_details.get(actor.customer_id)
        if checked is not None:
            details = tx.customer_details.save(attrs.evolve(details, home=checked))
        return CustomerProfile(account, details)


def set_customer_photo(ports: Ports, *, actor: Actor, file_id: FileId) -> None:
    """An uploaded picture; the one before is thrown away. Again changes nothing. Refusals:
    Missing, InvalidField."""
    may(actor, OWN)
    with ports.transactions(actor) as tx:
        details = _alone(tx, actor)
        file = own_upload(tx, actor, file_id)
        if details.photo_id == file_id:
            return
        if file.kind != FileKind.IMAGE:
            raise InvalidField("photo", "Send a JPEG, PNG or WebP picture.")
        use_file(tx, file, FilePurpose.CUSTOMER_PHOTO, field="photo")
        tx.customer_details.save(attrs.evolve(details, photo_id=file_id))
        _discard(ports, tx, details)


def remove_customer_photo(ports: Ports, *, actor: Actor) -> None:
    """Again changes nothing."""
    may(actor, OWN)
    with ports.transactions(actor) as tx:
        details = _alone(tx, actor)
        if details.photo_id is not None:
            tx.customer_details.save(attrs.evolve(details, photo_id=None))
            _discard(ports, tx, details)


def leave_no_photo(ports: Ports, tx: Transaction, customer_id: CustomerId) -> None:
    """Of somebody who leaves, before what is told of them goes."""
    _discard(ports, tx, tx.customer_details.get(customer_id))


def _alone(tx: Transaction, actor: Actor) -> CustomerDetails:
    """Nobody else changes them until the transaction ends."""
    tx.accounts.get(actor.account_id, lock=True)
    return tx.customer_details.get(actor.customer_id)


def _discard(ports: Ports, tx: Transaction, details: CustomerDetails) -> None:
    if details.photo_id is not None:
        let_go(ports, tx, details.photo_id)
