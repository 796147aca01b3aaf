"""A mail as it travels: text and HTML of the same content, and what is attached."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from mimetypes import guess_type
from typing import Final

from autodoctor.domain.notifications.choices import choosable
from autodoctor.domain.notifications.table import Channel
from autodoctor.domain.shared.actor import Role
from autodoctor.ports.mail import MailRefused
from autodoctor.ports.operations import Mail

SEVEN_BIT: Final = SMTP.clone(cte_type="7bit")
"""Whatever was written, every server on the way can carry it."""

_SWITCHED: Final = frozenset(
    each.occasion for role in Role for each in choosable(role) if each.channel is Channel.EMAIL
)


class SenderInvalid(ValueError):
    """MAIL_FROM is not "name <name@example.com>"."""


def sender_address(text: str) -> Address:
    """Raises SenderInvalid."""
    name, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not (local and domain and address.isascii() and text.isprintable()):
        raise SenderInvalid(f'MAIL_FROM is not "name <name@example.com>": {text!r}')
    return Address(display_name=name, username=local, domain=domain)


def recipient_address(text: str) -> Address:
    """Domains travel as ASCII. MailRefused for what can be no address, such as one that
    brings a line of its own."""
    local, _, domain = text.rpartition("@")
    unusable = any(not c.isprintable() or c in ' ,;<>"()[]\\' for c in text)
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        unusable = True
    if unusable or not local or not domain:
        raise MailRefused("nothing can be sent to this address")
    return Address(username=local, domain=ascii_domain)


def compose(mail: Mail, *, sender: Address, at: datetime, choices_url: str = "") -> EmailMessage:
    """The same mail has the same Message-ID, however often it is composed. What people may
    switch off says where, at `choices_url`."""
    message = EmailMessage(policy=SEVEN_BIT)
    message["From"] = sender
    message["To"] = recipient_address(mail.recipient)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = at
    message["Message-ID"] = f"<{mail.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if choices_url and mail.occasion in _SWITCHED:
        message["List-Unsubscribe"] = f"<{choices_url}>"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.attachment is not None:
        name = _one_line(mail.attachment_name or "attachment").replace("/", "-")
        kind = guess_type(name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(mail.attachment, maintype=main, subtype=sub, filename=name)
    return message


def _one_line(text: str) -> str:
    """Names people chose end up in subjects: no character of theirs begins a new header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
