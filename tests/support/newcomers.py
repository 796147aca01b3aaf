"""People who came in through the use cases, and the mails they got."""

import re

import attrs

from autodoctor.application.accounts.confirming import confirm
from autodoctor.application.accounts.sign_in import Present, look, sign_in
from autodoctor.application.accounts.sign_up import SignUp, sign_up_customer, verify_email
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Mail
from autodoctor.testing.ports import Town, deliver_all

EMAIL = "casey@example.com"
PASSWORD = "a fine old password"


def newcomer(town: Town, *, email: str = EMAIL, password: str = PASSWORD) -> None:
    """A customer who has confirmed their address."""
    form = SignUp(
        email=email,
        password=password,
        full_name="Casey Driver",
        consents=frozenset(REQUIRED),
    )
    sign_up_customer(town.ports, form)
    verify_email(town.ports, token=link(town, email), password=password)


def with_role(town: Town, role: Role, *, email: str = EMAIL) -> None:
    """The newcomer wears another hat in place of the customer's."""
    newcomer(town, email=email)
    with town.kept(SYSTEM) as tx:
        account = tx.accounts.by_email(EmailAddress(email))
        assert account is not None
        tx.accounts.save(attrs.evolve(account, roles=frozenset({role})))


def logged_in(
    town: Town, *, email: str = EMAIL, password: str = PASSWORD, role: Role = Role.CUSTOMER
) -> str:
    """The login's token."""
    return sign_in(
        town.ports, email=email, password=password, role=role, address="192.0.2.7", agent="tests"
    ).token


def present(ports: Ports, token: str) -> Present:
    found = look(ports, token=token)
    assert found is not None, "the login is good"
    return found


def confirmed(ports: Ports, token: str, *, password: str = PASSWORD) -> Present:
    """Who is logged in, and has shown once more that it is them."""
    confirm(ports, present=present(ports, token), password=password)
    return present(ports, token)


def letters(town: Town, email: str = EMAIL) -> list[Mail]:
    """All that was written to an address so far, oldest first."""
    deliver_all(town)
    queued = [each.mail for each in town.kept.tables.mails.values()]
    return [mail for mail in queued if mail.recipient == email]


def link(town: Town, email: str = EMAIL) -> str:
    """The token in the newest mail that has one."""
    texts = [mail.text for mail in letters(town, email) if "token=" in mail.text]
    found = re.search(r"token=(\S+)", texts[-1])
    assert found is not None
    return found[1]
