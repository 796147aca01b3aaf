"""A mechanic's profile: their own to change, everybody's to read as far as it is public."""

from collections.abc import Callable
from typing import BinaryIO

import attrs

from autodoctor.application.access.may import Whose, may
from autodoctor.application.access.mechanics import COMPLETION, OWN_PROFILE
from autodoctor.application.accounts.profile import check_language, check_zone
from autodoctor.application.mechanics.completing import completion_of, keep_mechanic
from autodoctor.application.mechanics.steps import keywords_of, phone_of, years_of
from autodoctor.application.mechanics.told import answers_from
from autodoctor.application.room.discarding import let_go
from autodoctor.application.room.using import own_upload, use_file
from autodoctor.domain.accounts.account import Account, check_name
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.booking.files import FileKind
from autodoctor.domain.mechanics.completion import Completion
from autodoctor.domain.mechanics.draft import Answers
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.mechanics.particulars import Particulars, check_bio, check_line
from autodoctor.domain.mechanics.trade import check_brands, check_languages, check_specializations
from autodoctor.domain.room.file import FilePurpose
from autodoctor.domain.shared.actor import SYSTEM, Actor
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, FileId, MechanicId
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


@attrs.frozen(kw_only=True)
class Profile:
    account: Account
    mechanic: Mechanic
    told: Particulars
    answers: Answers

    @property
    def completion(self) -> Completion:
        return completion_of(self.account, self.mechanic, self.told)


@attrs.frozen(kw_only=True)
class PublicProfile:
    """What everybody may know; no address, no number, nothing of papers."""

    mechanic: Mechanic
    languages: tuple[str, ...]
    photo: bool


def profile_mistakes(answers: Answers) -> dict[str, str]:
    """Everything that is wrong at once, by field."""
    found: dict[str, str] = {}
    for check in _checks(answers):
        try:
            check()
        except InvalidField as wrong:
            found.setdefault(wrong.field, wrong.reason)
    return found


def _checks(answers: Answers) -> tuple[Callable[[], object], ...]:
    return (
        lambda: check_name(answers.full_name),
        lambda: phone_of(answers.phone),
        lambda: check_line("city", answers.city, what="your city"),
        lambda: check_zone(answers.time_zone),
        lambda: check_language(answers.language),
        lambda: years_of(answers.years_of_experience),
        lambda: check_bio(answers.bio),
        lambda: check_specializations(answers.specializations),
        lambda: keywords_of(answers.keywords),
        lambda: check_brands(answers.brands),
        lambda: check_languages(answers.languages),
    )


def own_profile(ports: Ports, *, actor: Actor) -> Profile:
    may(actor, OWN_PROFILE)
    with ports.transactions(actor) as tx:
        return _profile(tx, actor)


def _profile(tx: Transaction, actor: Actor) -> Profile:
    account = tx.accounts.get(actor.account_id)
    return Profile(
        account=account,
        mechanic=tx.mechanics.get(actor.mechanic_id),
        told=tx.particulars.get(actor.mechanic_id),
        answers=answers_from(tx, account),
    )


def change_profile(ports: Ports, *, actor: Actor, answers: Answers) -> Profile:
    """What is asked on the profile; papers and Red Seal change by documents alone. Raises
    InvalidField for the first thing that is wrong."""
    may(actor, OWN_PROFILE)
    for field, reason in profile_mistakes(answers).items():
        raise InvalidField(field, reason)
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id, lock=True)
        account = tx.accounts.save(
            attrs.evolve(
                account,
                name=check_name(answers.full_name),
                phone=phone_of(answers.phone),
                time_zone=check_zone(answers.time_zone),
                language=check_language(answers.language),
            )
        )
        mechanic = attrs.evolve(
            tx.mechanics.get(actor.mechanic_id, lock=True),
            name=account.name,
            city=check_line("city", answers.city, what="your city"),
            years_of_experience=years_of(answers.years_of_experience),
            bio=check_bio(answers.bio),
            specializations=check_specializations(answers.specializations),
            keywords=keywords_of(answers.keywords),
            brands=check_brands(answers.brands),
        )
        told = tx.particulars.get(actor.mechanic_id)
        told = tx.particulars.save(attrs.evolve(told, languages=check_languages(answers.languages)))
        keep_mechanic(tx, account, mechanic, told)
        return _profile(tx, actor)


def set_photo(ports: Ports, *, actor: Actor, file_id: FileId) -> None:
    """An uploaded picture; the one before is thrown away. Again changes nothing. Refusals:
    Missing, InvalidField."""
    may(actor, OWN_PROFILE)
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id, lock=True)
        file = own_upload(tx, actor, file_id)
        told = tx.particulars.get(actor.mechanic_id)
        if told.photo_id == file_id:
            return
        if file.kind != FileKind.IMAGE:
            raise InvalidField("photo", "Send a JPEG, PNG or WebP picture.")
        use_file(tx, file, FilePurpose.MECHANIC_PHOTO, field="photo")
        saved = tx.particulars.save(attrs.evolve(told, photo_id=file_id))
        keep_mechanic(tx, tx.accounts.get(actor.account_id), mechanic, saved)
        if told.photo_id is not None:
            let_go(ports, tx, told.photo_id)


def missing_of(ports: Ports, *, actor: Actor, mechanic_id: MechanicId) -> Completion:
    """How complete a profile is; for its owner and for staff. Raises Missing."""
    may(actor, COMPLETION, Whose(mechanic_id=mechanic_id))
    with ports.transactions(SYSTEM) as tx:
        mechanic = tx.mechanics.get(mechanic_id)
        account = tx.accounts.get(AccountId(mechanic_id))
        return completion_of(account, mechanic, tx.particulars.get(mechanic_id))


def public_profile(ports: Ports, *, mechanic_id: MechanicId) -> PublicProfile:
    """Raises Missing for whoever is not approved, or out."""
    with ports.transactions(SYSTEM) as tx:
        mechanic, told = _public(ports, tx, mechanic_id)
    return PublicProfile(
        mechanic=mechanic, languages=told.languages, photo=told.photo_id is not None
    )


def public_photo(ports: Ports, *, mechanic_id: MechanicId) -> tuple[str, int, BinaryIO]:
    """Media type, size in bytes and content, which the caller closes. Raises Missing."""
    with ports.transactions(SYSTEM) as tx:
        _, told = _public(ports, tx, mechanic_id)
        if told.photo_id is None:
            raise Missing("photo")
        file = tx.files.get(told.photo_id)
    return file.media_type, file.size_bytes, ports.storage.read(file.storage_key)


def _public(ports: Ports, tx: Transaction, mechanic_id: MechanicId) -> tuple[Mechanic, Particulars]:
    mechanic = tx.mechanics.get(mechanic_id)
    account = tx.accounts.get(AccountId(mechanic_id))
    if not mechanic.approved or account.standing_at(ports.now()) is not Standing.ACTIVE:
        raise Missing("mechanic")
    return mechanic, tx.particulars.get(mechanic_id)


def own_photo(ports: Ports, *, actor: Actor) -> FileId | None:
    may(actor, OWN_PROFILE)
    with ports.transactions(actor) as tx:
        return tx.particulars.get(actor.mechanic_id).photo_id
