"""Entries of the security log in words."""

from typing import Final

from autodoctor.domain.operations.security_event import SecurityKind, SecurityOutcome
from autodoctor.entrypoints.web.views import Tone

Kind = SecurityKind

KINDS: Final[dict[SecurityKind, str]] = {
    Kind.LOGGED_IN: "Logged in",
    Kind.LOGIN_STARTED: "Began to log in",
    Kind.LOGIN_FAILED: "Failed to log in",
    Kind.LOGGED_IN_AS: "Logged in as somebody else",
    Kind.LOGIN_ENDED: "Ended a login",
    Kind.LOGINS_ENDED: "Ended all other logins",
    Kind.CONFIRMATION_FAILED: "Wrong password while logged in",
    Kind.SECOND_FACTOR_USED: "Used a second factor",
    Kind.SECOND_FACTOR_FAILED: "Wrong second factor",
    Kind.SECOND_FACTOR_ADDED: "Added an authenticator app",
    Kind.SECOND_FACTOR_REMOVED: "Removed the authenticator app",
    Kind.RECOVERY_CODES_RENEWED: "Made new recovery codes",
    Kind.PASSKEY_ADDED: "Added a passkey",
    Kind.PASSKEY_REMOVED: "Removed a passkey",
    Kind.PROVIDER_ADDED: "Added a login provider",
    Kind.PROVIDER_REMOVED: "Removed a login provider",
    Kind.PASSWORD_CHANGED: "Changed the password",
    Kind.PASSWORD_RESET_ASKED: "Asked for a password link",
    Kind.EMAIL_CHANGE_ASKED: "Asked to change the email address",
    Kind.EMAIL_CHANGED: "Changed the email address",
    Kind.EMAIL_CONFIRMED: "Confirmed the email address",
    Kind.ACCOUNT_OPENED: "Opened an account or role",
    Kind.ACCOUNT_CLOSED: "Closed an account",
    Kind.ACCOUNT_SUSPENDED: "Suspended an account",
    Kind.ACCOUNT_BANNED: "Banned an account",
    Kind.ACCOUNT_REINSTATED: "Reinstated an account",
    Kind.ROLES_CHANGED: "Changed roles",
    Kind.SEAT_CHANGED: "Changed a role in a workshop or company",
    Kind.MEMBERSHIP_CHANGED: "Changed a workshop membership",
    Kind.EMPLOYMENT_CHANGED: "Changed an employee's access",
    Kind.APPLICATION_DECIDED: "Decided on an application",
    Kind.DOCUMENT_DECIDED: "Decided on a document",
    Kind.ORGANIZATION_SUSPENDED: "Suspended a workshop or company",
    Kind.ORGANIZATION_REINSTATED: "Reinstated a workshop or company",
    Kind.API_KEY_MADE: "Made an API key",
    Kind.API_KEY_REVOKED: "Revoked an API key",
    Kind.API_KEY_REFUSED: "API key refused",
    Kind.ACCESS_DENIED: "Access denied",
    Kind.SESSION_READ: "Staff opened a session",
    Kind.CHAT_READ: "Staff read a chat",
    Kind.REPORT_READ: "Staff read a report",
    Kind.FILE_READ: "Staff opened a file",
    Kind.DATA_EXPORTED: "Downloaded their own data",
    Kind.PEOPLE_EXPORTED: "Exported a list of people",
    Kind.COMPANY_EXPORTED: "Exported a company's employees",
    Kind.SECURITY_LOG_EXPORTED: "Exported the security log",
}

OUTCOMES: Final[dict[SecurityOutcome, tuple[str, Tone]]] = {
    SecurityOutcome.DONE: ("Done", Tone.OK),
    SecurityOutcome.FAILED: ("Failed", Tone.WARN),
    SecurityOutcome.REFUSED: ("Refused", Tone.BAD),
}
