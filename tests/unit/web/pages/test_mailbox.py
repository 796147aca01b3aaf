from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.adapters.embedded.mail_catcher.caught import keep
from autodoctor.entrypoints.web import problems, templating
from autodoctor.entrypoints.web.assets import PlainAssets
from autodoctor.entrypoints.web.config import WebConfig
from autodoctor.entrypoints.web.pages.mailbox import mailbox_pages
from autodoctor.entrypoints.web.views import VISITOR, Site

SCRIPT = "<script>alert(1)</script>"


def application(mailbox: str) -> Flask:
    app = Flask("autodoctor.entrypoints.web")
    config = WebConfig(secret_key="x" * 32, public_url="http://localhost", mailbox=mailbox)
    app.extensions["autodoctor"] = SimpleNamespace(config=config)
    app.secret_key = config.secret_key
    site = Site(asset=PlainAssets().url, year="2026")
    templating.install(app, site=site, viewer=lambda: VISITOR)
    problems.install(app)
    app.register_blueprint(mailbox_pages)
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mailbox"


@pytest.fixture
def browser(folder: Path) -> FlaskClient:
    return application(str(folder)).test_client()


def caught(folder: Path, *, to: str = "sam@example.ca", subject: str = "Confirm") -> str:
    message = EmailMessage()
    message["From"] = "autodoctor <hello@autodoctor.example>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Thu, 12 Mar 2026 14:05:00 +0000"
    message["Message-ID"] = f"<{to}-{len(subject)}@autodoctor.example>"
    message.set_content(f"Hello {SCRIPT}\nhttps://autodoctor.example/verify?token=abc\n")
    message.add_alternative(f"<p>Hello</p>{SCRIPT}", "html")
    message.add_attachment(SCRIPT.encode(), "text", "html", filename="a.html")
    return keep(folder, message.as_bytes())


def test_an_empty_mailbox_says_so(browser: FlaskClient) -> None:
    page = browser.get("/dev/mailbox")

    assert page.status_code == 200
    assert "nothing leaves this machine" in page.text


def test_the_list_leads_to_each_letter(browser: FlaskClient, folder: Path) -> None:
    name = caught(folder, subject=f"Confirm {SCRIPT}")

    page = browser.get("/dev/mailbox")

    assert f'href="/dev/mailbox/{name}"' in page.text
    assert "sam@example.ca" in page.text
    assert "12 March 2026, 14:05:00 UTC" in page.text
    assert SCRIPT not in page.text


def test_the_list_can_be_narrowed_to_one_person(browser: FlaskClient, folder: Path) -> None:
    caught(folder, to="sam@example.ca")
    caught(folder, to="maya@example.ca")

    page = browser.get("/dev/mailbox?to=maya")

    assert "maya@example.ca" in page.text
    assert "sam@example.ca" not in page.text
    assert 'value="maya"' in page.text


def test_a_letter_shows_its_text_links_and_attachments(browser: FlaskClient, folder: Path) -> None:
    name = caught(folder)

    page = browser.get(f"/dev/mailbox/{name}")

    assert page.status_code == 200
    assert 'href="https://autodoctor.example/verify?token=abc"' in page.text
    assert f'href="/dev/mailbox/{name}/attachments/1"' in page.text
    assert "Hello &lt;script&gt;" in page.text
    assert SCRIPT not in page.text


def test_its_html_is_shown_where_it_can_do_nothing(browser: FlaskClient, folder: Path) -> None:
    name = caught(folder)

    page = browser.get(f"/dev/mailbox/{name}")
    html = browser.get(f"/dev/mailbox/{name}/html")

    assert f'<iframe src="/dev/mailbox/{name}/html" sandbox ' in page.text
    assert html.text.strip() == f"<p>Hello</p>{SCRIPT}"
    policy = html.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; ")
    assert "script" not in policy


def test_an_attachment_is_saved_and_not_shown(browser: FlaskClient, folder: Path) -> None:
    name = caught(folder)

    saved = browser.get(f"/dev/mailbox/{name}/attachments/1")

    assert saved.data == SCRIPT.encode()
    assert saved.headers["Content-Disposition"] == "attachment; filename=a.html"
    assert saved.mimetype == "application/octet-stream"


@pytest.mark.parametrize(
    "path", ["0" * 32, "nonsense", "../../secrets", f"{'0' * 32}/html", f"{'0' * 32}/attachments/1"]
)
def test_what_was_not_caught_is_not_found(browser: FlaskClient, folder: Path, path: str) -> None:
    caught(folder)

    assert browser.get(f"/dev/mailbox/{path}").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "-1"])
def test_an_attachment_that_is_not_there_is_not_found(
    browser: FlaskClient, folder: Path, number: str
) -> None:
    name = caught(folder)

    assert browser.get(f"/dev/mailbox/{name}/attachments/{number}").status_code == 404


def test_programs_read_the_same_as_json(browser: FlaskClient, folder: Path) -> None:
    name = caught(folder, to="sam@example.ca")
    caught(folder, to="maya@example.ca")

    answer = browser.get("/dev/mailbox.json?to=sam@example.ca")

    assert answer.json == {
        "mails": [
            {
                "id": name,
                "from": "autodoctor <hello@autodoctor.example>",
                "to": "sam@example.ca",
                "subject": "Confirm",
                "date": "2026-03-12T14:05:00+00:00",
                "text": f"Hello {SCRIPT}\nhttps://autodoctor.example/verify?token=abc\n",
                "links": ["https://autodoctor.example/verify?token=abc"],
                "attachments": ["a.html"],
            }
        ]
    }
    assert answer.mimetype == "application/json"


@pytest.mark.parametrize("path", ["", ".json", f"/{'0' * 32}"])
def test_where_mail_is_delivered_there_is_no_mailbox(path: str) -> None:
    browser = application("").test_client()

    assert browser.get(f"/dev/mailbox{path}").status_code == 404
