"""What becomes of a mechanic's documents, told to them: in the app, and by mail."""

from datetime import date

from autodoctor.application.notifications.letters import Letter
from autodoctor.application.notifications.post import post
from autodoctor.application.notifications.send import withdraw
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.ids import AccountId, MechanicId
from autodoctor.domain.vetting.document import WARN_DAYS, Document, DocumentKind, DocumentStatus
from autodoctor.domain.vetting.events import DocumentExpiring, DocumentReviewed
from autodoctor.ports.bundle import Ports
from autodoctor.ports.operations import Notification, person
from autodoctor.ports.stores import Missing
from autodoctor.ports.transactions import Transaction

PAGE = "/mechanic/documents"
REVIEWED = "reviewed"
KINDS = {
    DocumentKind.RED_SEAL: "Red Seal certificate",
    DocumentKind.CERTIFICATION: "certification",
    DocumentKind.LICENCE: "licence",
    DocumentKind.INSURANCE: "liability insurance",
    DocumentKind.BACKGROUND_CHECK: "background check",
    DocumentKind.IDENTITY: "proof of identity",
    DocumentKind.REGISTRATION: "registration",
    DocumentKind.OTHER: "document",
}


def tell_document(
    ports: Ports, tx: Transaction, event: DocumentReviewed | DocumentExpiring
) -> None:
    """Once for each review, and for each warning. What was told of older documents of its kind is
    outdated once one is approved. A workshop's are told elsewhere."""
    try:
        document = tx.submitted_documents.get(event.document_id)
        tx.mechanics.get(MechanicId(event.subject_id))
    except Missing:
        return
    account = tx.accounts.get(AccountId(event.subject_id))
    if account.standing is Standing.CLOSED:
        return
    if document.status is DocumentStatus.APPROVED:
        _withdraw_outdated(tx, account, document)
    letter = _letter(ports, account, document, event)
    what = event.days if isinstance(event, DocumentExpiring) else REVIEWED
    occasion, reference = type(event).__name__, f"{document.id}:{what}"
    notification = Notification(
        id=ports.ids.new(),
        account_id=account.id,
        occasion=occasion,
        reference=reference,
        title=letter.subject,
        url=PAGE,
        at=ports.now(),
    )
    if tx.notifications.add(notification):
        tx.live.tell(person(account.id), "notification", {"title": letter.subject, "url": PAGE})
    post(
        ports,
        tx,
        letter,
        to=account.email,
        occasion=occasion,
        reference=reference,
        account_id=account.id,
    )


def _withdraw_outdated(tx: Transaction, account: Account, approved: Document) -> None:
    for each in tx.submitted_documents.of_subject(account.id):
        older = each.id != approved.id and each.uploaded_at <= approved.uploaded_at
        if older and each.kind is approved.kind:
            told = [(DocumentReviewed.__name__, f"{each.id}:{REVIEWED}")]
            told += [(DocumentExpiring.__name__, f"{each.id}:{days}") for days in WARN_DAYS]
            for occasion, reference in told:
                withdraw(tx, account.id, occasion, reference=reference)


def _letter(
    ports: Ports, account: Account, document: Document, event: DocumentReviewed | DocumentExpiring
) -> Letter:
    what = KINDS[document.kind]
    match event:
        case DocumentReviewed(approved=True):
            subject, text = f"Your {what} is approved", "We have looked at it, and all is well."
        case DocumentReviewed(reason=reason):
            subject = f"We could not accept your {what}"
            text = f"The reason: {reason} Please send another one."
        case DocumentExpiring(days=days):
            subject, text = _expiring(what, document.expires_on, days)
    return Letter(
        subject=subject,
        greeting=f"Hello {account.name},",
        paragraphs=(text,),
        action="Open your documents",
        url=f"{ports.rules.public_url}{PAGE}",
    )


def _expiring(what: str, last_day: date | None, days: int) -> tuple[str, str]:
    assert last_day is not None, "only what has a last day expires"
    told = f"{last_day.day} {last_day:%B %Y}"
    if days == 0:
        subject = f"Your {what} expires today"
        return subject, "From tomorrow on requests go to others, until we have seen the new one."
    subject = f"Your {what} expires on {told}"
    return subject, "Send us the new one before, so that requests keep coming to you."
