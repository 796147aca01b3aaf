"""The notification table: event, who is told, by which channel. Each is sent once.

The rows are the product's channel table, and besides payments, money that fails, disputes that
are decided, a mechanic who is lost, a session that a mechanic loses and a report that is ready; SMS
and push are "no" and "future" there.
"""

from enum import StrEnum
from typing import Final

from autodoctor.domain.shared.actor import Role


class Channel(StrEnum):
    IN_APP = "in_app"
    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class Occasion(StrEnum):
    NEW_REQUEST = "new_request"
    REQUEST_ACCEPTED = "request_accepted"
    STARTING_SOON = "starting_soon"
    SESSION_ENDED = "session_ended"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_RECEIVED = "payment_received"
    MECHANIC_APPROVED = "mechanic_approved"
    WORKSHOP_ESCALATION = "workshop_escalation"
    QUOTE_CREATED = "quote_created"
    REFUND_PROCESSED = "refund_processed"
    MECHANIC_RELEASED = "mechanic_released"
    REFUND_FAILED = "refund_failed"
    EARNINGS_REDUCED = "earnings_reduced"
    PAYOUT_FAILED = "payout_failed"
    MONEY_ISSUE = "money_issue"
    REPORT_READY = "report_ready"
    DISPUTE_DECIDED = "dispute_decided"
    SESSION_LOST = "session_lost"


_BOTH_CHANNELS: Final = frozenset({Channel.IN_APP, Channel.EMAIL})
_MAIL: Final = frozenset({Channel.EMAIL})

TABLE: Final[dict[Occasion, dict[Role, frozenset[Channel]]]] = {
    Occasion.NEW_REQUEST: {Role.MECHANIC: _BOTH_CHANNELS},
    Occasion.REQUEST_ACCEPTED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.STARTING_SOON: {Role.CUSTOMER: _BOTH_CHANNELS, Role.MECHANIC: _BOTH_CHANNELS},
    Occasion.SESSION_ENDED: {Role.CUSTOMER: _BOTH_CHANNELS, Role.ADMIN: _BOTH_CHANNELS},
    Occasion.PAYMENT_FAILED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.PAYMENT_RECEIVED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.MECHANIC_APPROVED: {Role.MECHANIC: _MAIL},
    Occasion.WORKSHOP_ESCALATION: {Role.WORKSHOP: _BOTH_CHANNELS},
    Occasion.QUOTE_CREATED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.REFUND_PROCESSED: {Role.CUSTOMER: _MAIL},
    Occasion.MECHANIC_RELEASED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.REFUND_FAILED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.EARNINGS_REDUCED: {Role.MECHANIC: _BOTH_CHANNELS, Role.WORKSHOP: _BOTH_CHANNELS},
    Occasion.PAYOUT_FAILED: {Role.MECHANIC: _BOTH_CHANNELS, Role.WORKSHOP: _BOTH_CHANNELS},
    Occasion.MONEY_ISSUE: {Role.ADMIN: _BOTH_CHANNELS},
    Occasion.REPORT_READY: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.DISPUTE_DECIDED: {Role.CUSTOMER: _BOTH_CHANNELS},
    Occasion.SESSION_LOST: {Role.MECHANIC: _BOTH_CHANNELS},
}


def channels(occasion: Occasion, role: Role, *, online: bool = False) -> frozenset[Channel]:
    """How `role` is told of `occasion`. A mechanic who is online sees a new request live and
    is not mailed as well."""
    told = TABLE[occasion].get(role, frozenset())
    if occasion is Occasion.NEW_REQUEST and online:
        return told - {Channel.EMAIL}
    return told - {Channel.IN_APP} if occasion is Occasion.NEW_REQUEST else told
