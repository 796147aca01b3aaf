"""What a broken constraint means: a refusal, or a fault of ours that no input can bring about.

Stores say more where they know more (`Mapped.refusals`); what they leave ends here, at the end of
the unit of work. A test holds these tables and PostgreSQL's catalogue together.
"""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.exc import IntegrityError

from autodoctor.adapters.postgres.rows import constraint
from autodoctor.domain.booking.files import TooManyFiles
from autodoctor.domain.shared.errors import InvalidField, Refusal
from autodoctor.ports.stores import Missing, Stale


class ConstraintBroken(Exception):
    """A constraint that says what our own code guarantees: its name, and no value."""


FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "ck_accounts_email_lower": ("email", "This address cannot be used; write it in lower case."),
    "ck_customer_details_country": ("country", "Give the country's code of two letters."),
    "ck_departments_monthly_budget": ("monthly_budget", "A budget is not negative."),
    "ck_departments_monthly_sessions_max": ("monthly_sessions_max", "A limit is not negative."),
    "ck_employees_monthly_sessions_max": ("monthly_sessions_max", "A limit is not negative."),
    "ck_enrolments_monthly_sessions_max": ("monthly_sessions_max", "A limit is not negative."),
    "ck_files_size": ("size_bytes", "The file is empty."),
    "ck_intakes_concern": ("concern", "Describe the problem in 5 to 5000 characters."),
    "ck_messages_text": ("text", "A message has at most 4000 characters."),
    "ck_organizations_agreed_with_enterprises": ("tier", "Only enterprises agree on seats."),
    "ck_organizations_fleet_size": ("fleet_size", "A number of vehicles is not negative."),
    "ck_organizations_reason": ("reason", "Give a reason."),
    "ck_plans_minutes": ("minutes", "A session lasts 1 to 240 minutes."),
    "ck_plans_price": ("price", "A price is not negative."),
    "ck_ratings_review": ("review", "A review has at most 2000 characters."),
    "ck_ratings_stars": ("stars", "Give 1 to 5 stars."),
    "ck_workshops_platform_rate": ("platform_rate", "Between 15 and 25 percent."),
    "ck_workshops_reach": ("capacity", "Capacity and radius are greater than zero."),
    "ck_workshops_reason": ("reason", "Give a reason."),
    "ck_workshops_workshop_rate": ("workshop_rate", "Between 5 and 15 percent of the rest."),
    "ck_applications_reason": ("reason", "Give a reason."),
    "ck_documents_reason": ("reason", "Give a reason."),
    "ck_program_applications_reason": ("reason", "Give a reason."),
    "ck_api_keys_expires": ("expires_at", "Choose a time in the future."),
    "ck_favorites_one": ("mechanic_id", "Choose a mechanic or a workshop."),
}
"""Limits of what people enter; the domain checks them first."""

STALE: Final[Mapping[str, str]] = {
    "ck_free_sessions_used": "free_session",
    "ck_claims_sent": "claim",
    "ck_claims_tries": "claim",
    "ck_invitations_one_end": "invitation",
    "ck_sessions_mechanic_known": "session",
    "ck_sessions_timer": "session",
    "ck_requests_accepted_by_somebody": "request",
    "ck_memberships_admitted": "membership",
    "ck_files_of_booking": "file",
    "ck_files_of_session": "file",
    "ck_files_stored": "file",
    "ck_mechanics_rating": "mechanic",
    "ex_sessions_appointments": "session",
    "fk_documents_file_id": "file",
    "fk_particulars_photo_id": "file",
    "fk_customer_details_photo_id": "file",
}
"""What two who act at once can break; each of them alone cannot."""

_SET = "Its values come from an enum of the domain."
_TOGETHER = "One mapping function writes these columns together, from one value of the domain."
_AMOUNT = "Money moves in amounts that the domain has checked; people do not enter them here."

UNREACHABLE: Final[Mapping[str, str]] = {
    "ck_accounts_roles": _SET,
    "ck_programs_audiences": _SET,
    "ck_sessions_present": _SET,
    "ck_particulars_service_tier": _SET,
    "ck_accounts_organization": _TOGETHER,
    "ck_answers_answered": _TOGETHER,
    "ck_applications_decided": _TOGETHER,
    "ck_claims_asked": _TOGETHER,
    "ck_claims_used": _TOGETHER,
    "ck_consents_withdrawn": "The later of both times is kept.",
    "ck_documents_reviewed": _TOGETHER,
    "ck_entries_about_one_thing": _TOGETHER,
    "ck_messages_canned_alone": _TOGETHER,
    "ck_intakes_department": _TOGETHER,
    "ck_invitations_accepted": _TOGETHER,
    "ck_organizations_agreed": _TOGETHER,
    "ck_program_applications_decided": _TOGETHER,
    "ck_checkouts_received": _AMOUNT,
    "ck_payouts_amount": _AMOUNT,
    "ck_money_issues_closed": _TOGETHER,
    "ck_postings_amount": _AMOUNT,
    "ck_refunds_amount": _AMOUNT,
    "ck_reversals_amount": _AMOUNT,
    "ck_transfers_amount": _AMOUNT,
    "ck_api_keys_secret_hash": "A hash function gives 32 bytes.",
    "ck_security_counts_count": "It counts up from one.",
    "ck_security_events_lengths": "The domain cuts what clients send, and words details itself.",
    "ck_security_events_no_address": "The domain words details itself.",
    "ck_tallies_count": "It counts up from zero, and down at most to zero.",
    "ck_mechanics_free_since": "Clocking out clears both.",
    "ck_mechanics_profile_completion": "It is computed as a share of a whole.",
}
"""And why. Those of `one_of` are not listed: the same enum writes the check and the values."""


def refusal_of(name: str) -> Refusal | None:
    """What people are told when that constraint is broken; None when it is our own fault."""
    if name == "ck_intakes_files":
        return TooManyFiles(5)
    if name in FIELDS:
        return InvalidField(*FIELDS[name])
    if name in STALE:
        return Stale(STALE[name])
    kind, _, rest = name.partition("_")
    if kind in ("pk", "uq"):
        return Stale(rest)
    return Missing(rest) if kind == "fk" else None


def meaning(error: IntegrityError) -> Exception:
    """Without the error that it stands for: that one quotes the row."""
    name = constraint(error)
    return refusal_of(name) or ConstraintBroken(name or "not null")
