"""A mechanic is there from the moment the hat is: with a profile and an application to fill."""

from datetime import datetime

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.mechanics.mechanic import Mechanic
from autodoctor.domain.shared.ids import ApplicationId, MechanicId
from autodoctor.domain.vetting.application import Application, ApplicationKind
from autodoctor.ports.bundle import Ports
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction


def arrive(ports: Ports, tx: Transaction, account: Account, *, at: datetime) -> None:
    """In the transaction that gives the hat. Again changes nothing."""
    mechanic_id = MechanicId(account.id)
    try:
        tx.mechanics.get(mechanic_id)
    except Missing:
        tx.mechanics.add(Mechanic(id=mechanic_id, name=account.name))
    if tx.applications.of_subject(mechanic_id) is None:
        draft = Application(
            id=ApplicationId(ports.ids.new()),
            kind=ApplicationKind.MECHANIC,
            subject_id=mechanic_id,
            applicant_id=account.id,
            created_at=at,
        )
        tx.applications.add(draft)
