"""A copy of what is kept about one person."""

from enum import StrEnum
from typing import Protocol

from autodoctor.domain.shared.ids import AccountId
from autodoctor.ports.operations import Plain


class Section(StrEnum):
    """What a copy is made of, in this order."""

    CONSENTS = "consents"
    DETAILS = "customer_details"
    LOGINS = "logins"
    SECURITY = "security_events"
    OTHER_WAYS_TO_LOG_IN = "identities"
    VEHICLES = "vehicles"
    FAVORITES = "favorites"
    INTAKES = "intakes"
    WAIVERS = "waivers"
    PAYMENTS = "checkouts"
    SESSIONS = "sessions"
    MESSAGES = "messages"
    FILES = "files"
    RATINGS = "ratings"
    EMPLOYMENTS = "employees"
    NOTIFICATIONS = "notifications"
    SWITCHED_OFF = "muted"
    PARTICULARS = "particulars"
    DRAFTS = "drafts"
    DOCUMENTS = "documents"


class Copies(Protocol):
    def section(self, section: Section, account_id: AccountId, /) -> tuple[Plain, ...]:
        """What there is of it, oldest first, as plain values by name; messages are those of
        the person's sessions, whoever wrote them, and of the security log it is what they did
        themselves. Secrets and hashes are left out."""
