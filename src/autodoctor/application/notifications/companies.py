"""What happens to companies and their people, told by mail to those it is about."""

from autodoctor.application.notifications.employees import tell_employee
from autodoctor.application.notifications.letters import Letter, lines_of
from autodoctor.application.notifications.post import post
from autodoctor.domain.corporate.events import (
    CompanyBack,
    CompanyPutOut,
    CorporateEvent,
    EmployeeActivated,
    EmployeeDeactivated,
)
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Recorded
from autodoctor.ports.transactions import Transaction


def tell_company(ports: Ports, tx: Transaction, recorded: Recorded, event: CorporateEvent) -> None:
    match event:
        case EmployeeActivated() | EmployeeDeactivated():
            tell_employee(ports, tx, recorded, event)
            return
        case CompanyPutOut(organization_id=company_id, reason=reason):
            letter = _put_out(tx.organizations.get(company_id).name, reason)
        case CompanyBack(organization_id=company_id):
            letter = _back(tx.organizations.get(company_id).name, ports.rules.public_url)
        case _:
            return
    for account in tx.accounts.of_organization(company_id):
        post(
            ports,
            tx,
            letter,
            to=account.email,
            occasion=type(event).__name__,
            reference=str(recorded.id),
            account_id=account.id,
        )


def _put_out(company: str, reason: str) -> Letter:
    return Letter(
        subject=f"{company} is suspended",
        greeting="Hello,",
        paragraphs=(
            "We have suspended your company. The reason:",
            *lines_of(reason),
            "Nobody who runs it can log in to it meanwhile, and its employees can book for "
            "themselves alone. Sessions under way go on.",
            "If you think this is a mistake, answer to this mail.",
        ),
    )


def _back(company: str, site: str) -> Letter:
    return Letter(
        subject=f"{company} is open again",
        greeting="Hello,",
        paragraphs=("You can log in as before.",),
        action="Log in",
        url=f"{site}/corporate/login",
    )
