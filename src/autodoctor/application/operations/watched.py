"""Which events of the domain are entries of the security log: written in the transaction that
records the event, so that none happens without its entry."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final

import attrs

from autodoctor.domain.accounts import events as accounts
from autodoctor.domain.corporate import events as corporate
from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    Subject,
    of_account,
)
from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.events import Event
from autodoctor.domain.shared.origin import Origin
from autodoctor.domain.vetting import events as vetting
from autodoctor.domain.workshops import events as workshops

Kind = SecurityKind


class BySystem(Enum):
    """Who acts in a request when the event says that the system did."""

    ITS_PERSON = auto()
    """Whoever holds a link that only they were sent."""
    NOBODY_KNOWN = auto()
    THE_SYSTEM = auto()


def _account(event: Any) -> Subject:
    return of_account(event.account_id)


def _member(event: Any) -> Subject:
    return Subject("mechanic", event.mechanic_id)


def _applicant(event: Any) -> Subject:
    return Subject(event.kind, event.subject_id)


def _words(text: str) -> Callable[[Any], str]:
    return lambda _event: text


@attrs.frozen
class Watched:
    kind: SecurityKind
    about: Callable[[Any], Subject] = _account
    detail: Callable[[Any], str] = _words("")
    by_system: BySystem = BySystem.THE_SYSTEM


WATCHED: Final[Mapping[type[Event], Watched]] = {
    accounts.AccountOpened: Watched(
        Kind.ACCOUNT_OPENED, detail=lambda event: event.role, by_system=BySystem.ITS_PERSON
    ),
    accounts.AccountVerified: Watched(Kind.EMAIL_CONFIRMED, by_system=BySystem.ITS_PERSON),
    accounts.AccountClosed: Watched(Kind.ACCOUNT_CLOSED),
    accounts.AccountSuspended: Watched(Kind.ACCOUNT_SUSPENDED),
    accounts.AccountBanned: Watched(Kind.ACCOUNT_BANNED),
    accounts.AccountReinstated: Watched(Kind.ACCOUNT_REINSTATED),
    accounts.RolesChanged: Watched(
        Kind.ROLES_CHANGED, detail=lambda event: ", ".join(sorted(event.roles))
    ),
    accounts.PasswordResetAsked: Watched(
        Kind.PASSWORD_RESET_ASKED, by_system=BySystem.NOBODY_KNOWN
    ),
    accounts.PasswordChanged: Watched(Kind.PASSWORD_CHANGED, by_system=BySystem.ITS_PERSON),
    accounts.AddressChanged: Watched(Kind.EMAIL_CHANGED, by_system=BySystem.ITS_PERSON),
    accounts.IdentityLinked: Watched(Kind.PROVIDER_ADDED),
    workshops.SeatChanged: Watched(
        Kind.SEAT_CHANGED, detail=lambda event: f"workshop: {event.seat or 'none'}"
    ),
    workshops.MemberAsked: Watched(Kind.MEMBERSHIP_CHANGED, _member, _words("asked")),
    workshops.MemberAdmitted: Watched(Kind.MEMBERSHIP_CHANGED, _member, _words("admitted")),
    workshops.MemberPaused: Watched(Kind.MEMBERSHIP_CHANGED, _member, _words("paused")),
    workshops.MemberLeft: Watched(Kind.MEMBERSHIP_CHANGED, _member, _words("left")),
    workshops.WorkshopPutOut: Watched(
        Kind.ORGANIZATION_SUSPENDED, lambda event: Subject("workshop", event.workshop_id)
    ),
    workshops.WorkshopBack: Watched(
        Kind.ORGANIZATION_REINSTATED, lambda event: Subject("workshop", event.workshop_id)
    ),
    corporate.CompanySeatChanged: Watched(
        Kind.SEAT_CHANGED, detail=lambda event: f"company: {event.seat or 'none'}"
    ),
    corporate.EmployeeJoined: Watched(Kind.EMPLOYMENT_CHANGED, detail=_words("joined")),
    corporate.EmployeeActivated: Watched(Kind.EMPLOYMENT_CHANGED, detail=_words("activated")),
    corporate.EmployeeDeactivated: Watched(Kind.EMPLOYMENT_CHANGED, detail=_words("deactivated")),
    corporate.CompanyPutOut: Watched(
        Kind.ORGANIZATION_SUSPENDED, lambda event: Subject("organization", event.organization_id)
    ),
    corporate.CompanyBack: Watched(
        Kind.ORGANIZATION_REINSTATED, lambda event: Subject("organization", event.organization_id)
    ),
    corporate.ApiKeyMade: Watched(
        Kind.API_KEY_MADE, lambda event: Subject("API key", event.key_id)
    ),
    corporate.ApiKeyRevoked: Watched(
        Kind.API_KEY_REVOKED, lambda event: Subject("API key", event.key_id)
    ),
    vetting.ApplicationApproved: Watched(Kind.APPLICATION_DECIDED, _applicant, _words("approved")),
    vetting.ApplicationRejected: Watched(Kind.APPLICATION_DECIDED, _applicant, _words("rejected")),
    vetting.DocumentReviewed: Watched(
        Kind.DOCUMENT_DECIDED,
        lambda event: Subject("document", event.document_id),
        lambda event: "approved" if event.approved else "rejected",
    ),
}

UNWATCHED: Final[frozenset[type[Event]]] = frozenset(
    {
        accounts.HatAsked,
        accounts.InvitationAccepted,
        accounts.InvitationSent,
        accounts.SecondFactorChanged,
        accounts.VerificationAsked,
        corporate.CompanyTierChanged,
        vetting.ApplicationSubmitted,
        vetting.DocumentExpiring,
        vetting.InformationAsked,
        vetting.InformationGiven,
        vetting.ReviewBegun,
    }
)
"""Of the contexts of people and their rights, those that change no access; SecondFactorChanged
is recorded where it is known what changed. A test asks for a decision about each new event."""


def watch(event: Event, /, *, by: Actor, at: datetime, origin: Origin) -> SecurityEvent | None:
    """A `ports.security_log.Watch`."""
    watched = WATCHED.get(type(event))
    if watched is None:
        return None
    about, detail = watched.about(event), watched.detail(event)
    entry = SecurityEvent(kind=watched.kind, at=at, subject=about, detail=detail)
    if by.role is not Role.SYSTEM or not origin.request_id:
        return entry.by(by)
    match watched.by_system:
        case BySystem.ITS_PERSON:
            return attrs.evolve(entry, actor_id=event.account_id)  # type: ignore[attr-defined]
        case BySystem.NOBODY_KNOWN:
            return entry
        case BySystem.THE_SYSTEM:
            return entry.by(by)
