"""What we write to people about their account."""

from datetime import datetime

from autodoctor.application.notifications.letters import Letter, moment
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.shared.actor import Role

__all__ = ["Letter"]

NOT_YOU = "If it was not you, set a new password right away and reply to this email."


def _hello(account: Account) -> str:
    return f"Hello {account.name},"


def reset(account: Account, url: str, *, until: datetime) -> Letter:
    return Letter(
        subject="Set a new password",
        greeting=_hello(account),
        paragraphs=(
            "Somebody, probably you, asked for a new password for this address.",
            f"The link works once, until {moment(until, zone=account.time_zone)}. If it was not "
            "you, ignore this mail: your password stays as it is.",
        ),
        action="Set a new password",
        url=url,
        secret=True,
    )


def reset_unverified(site: str) -> Letter:
    """To an address that nobody has verified yet."""
    return Letter(
        subject="Your address is not confirmed yet",
        greeting="Hello,",
        paragraphs=(
            "Somebody, probably you, asked for a new password for this address. There is a "
            "sign-up with it, but nobody has confirmed it yet.",
            "Open the link in the mail with the subject “Confirm your email address”: you can "
            "create an account of your own there, too, without the password of that sign-up. If "
            "it is older than 24 hours, sign up again. If it was not you, there is nothing to do.",
        ),
        action="Sign up again",
        url=f"{site}/signup",
    )


def password_changed(account: Account, site: str, ways: tuple[str, ...] = ()) -> Letter:
    """`ways` are the other ones to log in to the account."""
    known = f"You can also log in with {', '.join(ways)}; remove what you do not know there. "
    return Letter(
        subject="Your password was changed",
        greeting=_hello(account),
        paragraphs=(
            "Your password was changed just now. All other logins were ended, and links that were "
            "mailed before do not work any more.",
            f"{known if ways else ''}If it was not you, ask for a new password right away and "
            "reply to this email.",
        ),
        action="I did not do this",
        url=f"{site}/forgot",
    )


def confirm_address(account: Account, url: str) -> Letter:
    return Letter(
        subject="Confirm your new email address",
        greeting=_hello(account),
        paragraphs=(
            "Confirm that this is your new address. From then on you log in with it.",
            "The link works once, for 24 hours. If you did not ask for it, ignore this mail.",
        ),
        action="Confirm my new address",
        url=url,
        secret=True,
    )


def address_asked(account: Account) -> Letter:
    return Letter(
        subject="Somebody asked to change your email address",
        greeting=_hello(account),
        paragraphs=(
            "Somebody who knows your password asked us to use another address for your account. "
            "It changes when the link that we have sent there is opened.",
            NOT_YOU,
        ),
    )


def address_changed(account: Account) -> Letter:
    return Letter(
        subject="Your email address was changed",
        greeting=_hello(account),
        paragraphs=(
            "Your account has another address from now on; this is the last mail to this one.",
            "If it was not you, reply to this email right away.",
        ),
    )


def hat(account: Account, role: Role, url: str) -> Letter:
    wanted = "for a company" if role is Role.CORPORATE else f"as a {role.value}"
    return Letter(
        subject=f"Use your account {wanted} too",
        greeting=_hello(account),
        paragraphs=(
            f"Somebody, probably you, signed up {wanted} with this address. You have an "
            "account already: one person, one password, several roles.",
            "The link adds the role. It works once, for 24 hours. If it was not you, ignore this "
            "mail.",
        ),
        action="Add the role",
        url=url,
        secret=True,
    )


def suspended(account: Account, reason: str, until: datetime | None) -> Letter:
    ends = moment(until, zone=account.time_zone) if until else ""
    end = f"It ends automatically on {ends}." if ends else "It has no end date."
    return Letter(
        subject="Your account is suspended",
        greeting=_hello(account),
        paragraphs=(
            f"We have suspended your account. The reason: {reason}",
            f"{end} You cannot log in meanwhile.",
            "If you think this is a mistake, answer to this mail.",
        ),
    )


def banned(account: Account, reason: str) -> Letter:
    return Letter(
        subject="Your account is blocked",
        greeting=_hello(account),
        paragraphs=(
            f"We have blocked your account for good. The reason: {reason}",
            "If you think this is a mistake, answer to this mail.",
        ),
    )


def reinstated(account: Account, site: str) -> Letter:
    return Letter(
        subject="Your account is open again",
        greeting=_hello(account),
        paragraphs=("You can log in as before.",),
        action="Log in",
        url=f"{site}/login",
    )


def factor_changed(account: Account, what: str) -> Letter:
    """`what` is a sentence; the subject says it, too."""
    return Letter(
        subject=what.removesuffix("."),
        greeting=_hello(account),
        paragraphs=(what, NOT_YOU),
    )


def linked(account: Account, provider: str) -> Letter:
    return Letter(
        subject="Another way to log in was added",
        greeting=_hello(account),
        paragraphs=(f"From now on you can log in with {provider}, too.", NOT_YOU),
    )


def address_code(code: str, provider: str) -> Letter:
    """To somebody who has no account yet."""
    return Letter(
        subject="Your code for autodoctor",
        greeting="Hello,",
        paragraphs=(
            f"Your code: {code}",
            f"Type it on the page that asked for your address after you came from {provider}. It "
            "works once, for ten minutes, and in that browser alone.",
            "Tell it to nobody, and type it nowhere else. If you did not ask for it, ignore this "
            "mail: without the code nothing is opened with your address.",
        ),
        secret=True,
    )


def came_by(account: Account, provider: str, site: str) -> Letter:
    return Letter(
        subject=f"Somebody tried to come in with {provider}",
        greeting=_hello(account),
        paragraphs=(
            f"Somebody, probably you, came from {provider} and told us that this address is "
            "theirs. You have an account with it already, so nothing was opened or changed.",
            f"If it was you, log in as you do otherwise and link {provider} under Security. If it "
            "was not you, there is nothing to do.",
        ),
        action="Log in",
        url=f"{site}{door(account)}?next=/account/security",
    )


def closed(account: Account) -> Letter:
    return Letter(
        subject="Your account is closed",
        greeting=_hello(account),
        paragraphs=(
            "Your account is closed, and what tells who you are is gone from it. Invoices and "
            "signed waivers stay as long as the law asks us to keep them.",
            "This is the last mail from us. Drive safely.",
        ),
    )


def door(account: Account) -> str:
    """Where this person logs in."""
    return "/login" if Role.CUSTOMER in account.roles else f"/{min(account.roles)}/login"
