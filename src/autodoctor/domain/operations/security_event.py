"""What the security log keeps: who got in, who was refused, and what was changed about access."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.actor import Actor, Role
from autodoctor.domain.shared.ids import AccountId, ApiKeyId
from autodoctor.domain.shared.origin import NOWHERE, Origin

DETAIL: Final = re.compile(r"['\w ,./:<>()\-]{0,120}", re.ASCII)


class SecurityKind(StrEnum):
    """Everything that is recorded. Each has a case in tests/support/security_cases."""

    LOGGED_IN = "logged_in"
    LOGIN_STARTED = "login_started"
    LOGIN_FAILED = "login_failed"
    LOGGED_IN_AS = "logged_in_as"
    LOGIN_ENDED = "login_ended"
    LOGINS_ENDED = "logins_ended"
    CONFIRMATION_FAILED = "confirmation_failed"
    SECOND_FACTOR_USED = "second_factor_used"
    SECOND_FACTOR_FAILED = "second_factor_failed"
    SECOND_FACTOR_ADDED = "second_factor_added"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PROVIDER_ADDED = "provider_added"
    PROVIDER_REMOVED = "provider_removed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET_ASKED = "password_reset_asked"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    EMAIL_CONFIRMED = "email_confirmed"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_SUSPENDED = "account_suspended"
    ACCOUNT_BANNED = "account_banned"
    ACCOUNT_REINSTATED = "account_reinstated"
    ROLES_CHANGED = "roles_changed"
    SEAT_CHANGED = "seat_changed"
    MEMBERSHIP_CHANGED = "membership_changed"
    EMPLOYMENT_CHANGED = "employment_changed"
    APPLICATION_DECIDED = "application_decided"
    DOCUMENT_DECIDED = "document_decided"
    ORGANIZATION_SUSPENDED = "organization_suspended"
    ORGANIZATION_REINSTATED = "organization_reinstated"
    API_KEY_MADE = "api_key_made"
    API_KEY_REVOKED = "api_key_revoked"
    API_KEY_REFUSED = "api_key_refused"
    ACCESS_DENIED = "access_denied"
    SESSION_READ = "session_read"
    CHAT_READ = "chat_read"
    REPORT_READ = "report_read"
    FILE_READ = "file_read"
    DATA_EXPORTED = "data_exported"
    PEOPLE_EXPORTED = "people_exported"
    COMPANY_EXPORTED = "company_exported"
    SECURITY_LOG_EXPORTED = "security_log_exported"


class SecurityOutcome(StrEnum):
    """Failed is a wrong password or code; refused is somebody who may not."""

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


@attrs.frozen
class Subject:
    """Whom or what it is about. `id` is None where nobody has what was typed, and of lists."""

    kind: str = ""
    id: UUID | None = None


def of_account(account_id: AccountId | None) -> Subject:
    return Subject("unknown account" if account_id is None else "account", account_id)


def _only_words(_event: object, _field: object, value: str) -> None:
    assert DETAIL.fullmatch(value), "a detail is made of our own words and never of what was typed"


@attrs.frozen(kw_only=True)
class SecurityEvent:
    """`actor_id` is None for whoever has not shown who they are; `actor_role` is the role they act
    in, None for who acts by a link, and `key_id` is set when a program acted with an API key.
    `detail` says more in our own words: a role, a seat, the name of a refusal. No address, no
    name and nothing that somebody typed is in it. `many` marks the one entry that stands for
    all of a minute beyond the bound: see `security_bounds`."""

    kind: SecurityKind
    at: datetime
    outcome: SecurityOutcome = SecurityOutcome.DONE
    actor_id: AccountId | None = None
    actor_role: Role | None = None
    key_id: ApiKeyId | None = None
    subject: Subject = Subject()
    detail: str = attrs.field(default="", validator=_only_words)
    origin: Origin = NOWHERE
    many: bool = False

    def by(self, actor: Actor) -> "SecurityEvent":
        return attrs.evolve(
            self, actor_id=actor.account_id, actor_role=actor.role, key_id=actor.key_id
        )
