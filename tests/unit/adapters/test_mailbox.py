import os
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from autodoctor.adapters.embedded.mail_catcher.caught import keep
from autodoctor.adapters.embedded.mail_catcher.mailbox import Mailbox, MailNotCaught, links


def eml(
    *, to: str = "sam@example.ca", subject: str = "Hello", message_id: str = "<1@x>"
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "hello@autodoctor.example"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = message_id
    message["Date"] = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
    message.set_content("Confirm: https://autodoctor.example/verify?token=abc.\n")
    message.add_alternative('<a href="https://autodoctor.example/x?a=1&amp;b=2">x</a>', "html")
    return message


def catch(folder: Path, message: EmailMessage, *, second: int = 0) -> str:
    name = keep(folder, message.as_bytes())
    os.utime(folder / f"{name}.eml", (second, second))
    return name


def test_a_folder_that_is_not_there_yet_holds_no_mail(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path / "later")

    assert mailbox.newest() == ()
    with pytest.raises(MailNotCaught):
        mailbox.one("0" * 32)


def test_a_caught_mail_can_be_read(tmp_path: Path) -> None:
    name = catch(tmp_path, eml())

    mail = Mailbox(tmp_path).one(name)

    assert mail.id == name
    assert mail.sender == "hello@autodoctor.example"
    assert mail.recipient == "sam@example.ca"
    assert mail.subject == "Hello"
    assert mail.at == datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
    assert mail.text.startswith("Confirm: ")
    assert mail.html.startswith("<a ")
    assert mail.links == (
        "https://autodoctor.example/verify?token=abc",
        "https://autodoctor.example/x?a=1&b=2",
    )


def test_the_newest_come_first_and_not_all_of_them(tmp_path: Path) -> None:
    for second in (2, 3, 1):
        catch(tmp_path, eml(subject=str(second), message_id=f"<{second}>"), second=second)

    mailbox = Mailbox(tmp_path)

    assert [mail.subject for mail in mailbox.newest()] == ["3", "2", "1"]
    assert [mail.subject for mail in mailbox.newest(most=2)] == ["3", "2"]


def test_only_those_for_one_person_are_listed(tmp_path: Path) -> None:
    catch(tmp_path, eml(to="sam@example.ca", message_id="<1>"))
    catch(tmp_path, eml(to="Maya <maya@example.ca>", message_id="<2>"))

    found = Mailbox(tmp_path).newest(to=" MAYA@example.ca ")

    assert [mail.recipient for mail in found] == ["Maya <maya@example.ca>"]


def test_a_copy_is_not_kept_and_a_mail_without_an_id_is_known_by_its_content(
    tmp_path: Path,
) -> None:
    nameless = eml()
    del nameless["Message-ID"]

    same = {keep(tmp_path, eml().as_bytes()), keep(tmp_path, eml(subject="Copy").as_bytes())}
    others = {keep(tmp_path, nameless.as_bytes()), keep(tmp_path, nameless.as_bytes())}

    assert len(same) == len(others) == 1
    assert same != others
    assert sorted(mail.subject for mail in Mailbox(tmp_path).newest()) == ["Hello", "Hello"]


@pytest.mark.parametrize("mail_id", ["", "../../etc/passwd", "0" * 31, "0" * 32, "G" * 32])
def test_any_other_id_is_not_found(tmp_path: Path, mail_id: str) -> None:
    catch(tmp_path, eml())

    with pytest.raises(MailNotCaught):
        Mailbox(tmp_path).one(mail_id)


def test_a_mail_by_a_broken_program_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    name = keep(tmp_path, b"Subject: =?utf-8?q?caf=C3=A9?=\nDate: yesterday\n\nhi \xff")

    mail = Mailbox(tmp_path).one(name)

    assert (mail.subject, mail.sender, mail.recipient) == ("café", "", "")
    assert mail.text.startswith("hi")
    assert mail.at.tzinfo is not None


def test_links_are_web_addresses_alone_each_once() -> None:
    html = """<a href="https://a.example/1">1</a> <a href="javascript:alert(1)">2</a>
    <a href="/relative">3</a> <a>4</a> <link href="https://style.example">"""

    assert links("(see https://a.example/1), ftp://b.example", html) == ("https://a.example/1",)
