import pytest

from autodoctor.adapters.smtp.mailer import SmtpMailer
from autodoctor.adapters.smtp.message import SenderInvalid
from autodoctor.adapters.smtp.place import Security, SmtpPlace, SmtpUrlInvalid


@pytest.mark.parametrize(
    ("url", "security", "port"),
    [
        ("smtp://localhost", Security.NONE, 25),
        ("smtp+starttls://mail.example", Security.STARTTLS, 587),
        ("smtps://mail.example", Security.TLS, 465),
        ("smtp://127.0.0.1:8005", Security.NONE, 8005),
        ("smtp://[::1]:2525/", Security.NONE, 2525),
    ],
)
def test_the_scheme_decides_the_encryption_and_the_usual_port(
    url: str, security: Security, port: int
) -> None:
    place = SmtpPlace.parse(url)

    assert (place.security, place.port) == (security, port)


def test_a_login_may_hold_any_character_percent_encoded() -> None:
    place = SmtpPlace.parse("smtps://me%40example.ca:p%3A%2Fw%40d@mail.example")

    assert (place.username, place.password) == ("me@example.ca", "p:/w@d")


def test_a_password_is_not_shown() -> None:
    assert "hush" not in repr(SmtpPlace.parse("smtps://me:hush@mail.example"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:port",
        "smtp://mail.example:99999",
        "smtp://mail.example/inbox",
        "smtp://mail.example?tls=1",
        "smtps://me@mail.example",
        "smtp://me:hush@mail.example",
        "smtps://me:h%C3%BCsh@mail.example",
    ],
)
def test_any_other_url_stops_the_start_without_showing_a_password(url: str) -> None:
    with pytest.raises(SmtpUrlInvalid) as refused:
        SmtpMailer(url, sender="hello@autodoctor.example")

    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "sender", ["", "autodoctor", "autodoctor <hello>", "<@x.ca>", "x@", "a\r\nBcc: b <a@b.ca>"]
)
def test_a_sender_that_is_no_address_stops_the_start(sender: str) -> None:
    with pytest.raises(SenderInvalid):
        SmtpMailer("smtp://localhost", sender=sender)
