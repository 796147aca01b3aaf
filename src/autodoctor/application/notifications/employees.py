"""What becomes of employees, told to them by mail."""

from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.corporate.events import EmployeeActivated, EmployeeDeactivated
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_employee(
    ports: Ports,
    tx: Transaction,
    recorded: Recorded,
    event: EmployeeActivated | EmployeeDeactivated,
) -> None:
    """Nobody is written to after their account was closed."""
    account = tx.accounts.get(event.account_id)
    if account.standing is Standing.CLOSED:
        return
    company, site = tx.organizations.get(event.organization_id).name, ports.rules.public_url
    back = isinstance(event, EmployeeActivated)
    letter = _back(company, account.name, site) if back else _let_go(company, account.name, site)
    post(
        ports,
        tx,
        letter,
        to=account.email,
        occasion=type(event).__name__,
        reference=str(recorded.id),
        account_id=account.id,
    )


def _let_go(company: str, name: str, site: str) -> Letter:
    return Letter(
        subject=f"You book privately from now on, not for {company}",
        greeting=f"Hello {name},",
        paragraphs=(
            f"{company} has taken you off its list of employees. Your account, your vehicles and "
            "your sessions stay yours, and a session under way goes on.",
            f"What you book from now on is private: {company} sees nothing of it.",
        ),
        action="Open your dashboard",
        url=f"{site}/customer/dashboard",
    )


def _back(company: str, name: str, site: str) -> Letter:
    return Letter(
        subject=f"You book for {company} again",
        greeting=f"Hello {name},",
        paragraphs=(
            f"{company} has put you back on its list of employees. It sees when you book as such, "
            "what, and what kind of problem it is about; never what is said.",
            "You can book privately at any time: tick it where you describe the problem.",
        ),
        action="Open your dashboard",
        url=f"{site}/customer/dashboard",
    )
