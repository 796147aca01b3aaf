"""What stands in the table of mails once they are over."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.operations import Mail
from support.postgres import Database

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def words(database: Database, mail: Mail) -> str:
    statement = text("SELECT body_text || body_html FROM mails WHERE id = :id")
    with database.owner.connect() as connection:
        return str(connection.execute(statement, {"id": mail.id}).scalar_one())


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("end", ["sent", "given up"])
def test_a_mail_that_opens_something_is_kept_without_its_words(
    database: Database, secret: bool, end: str
) -> None:
    mail = Mail(
        id=uuid4(),
        recipient="casey@test.example",
        occasion="reset",
        reference=uuid4().hex,
        subject="Set a new password",
        text="open token=abc",
        html="<p>token=abc</p>",
        secret=secret,
    )
    with database.transactions(SYSTEM) as tx:
        tx.mails.queue(mail, at=AT)
    assert "abc" in words(database, mail)

    with database.transactions(SYSTEM) as tx:
        if end == "sent":
            tx.mails.sent(mail.id, at=AT)
        else:
            tx.jobs.give_up(mail.job, at=AT, reason="nobody there")

    assert ("abc" in words(database, mail)) is not secret
