"""Money that needs a person, as staff see it and deal with it."""

import re

import pytest

from autodoctor.application.sessions.ending import cancel_session
from autodoctor.testing.ports import Town, a_customer, a_paid_session, an_admin, memory_town
from autodoctor.testing.town import hear_everything, work
from support.web import logged_in, web_in


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def sent_back(town: Town) -> Town:
    """A refund of a cancelled session came back from the customer's bank."""
    customer = a_customer(town.ports)
    session = a_paid_session(town, customer)
    cancel_session(town.ports, actor=customer, session_id=session.id)
    work(town)
    (refund,) = town.bank.refunds
    town.bank.fail_refund(refund)
    hear_everything(town)
    work(town)
    return town


def test_what_failed_is_shown_with_what_can_be_done(sent_back: Town) -> None:
    client = logged_in(web_in(sent_back), sent_back, an_admin(sent_back.ports))

    page = client.get("/admin/money").text

    assert "Refund failed: $49.99" in page
    assert "lost or stolen card" in page
    assert [f"/{step}" in page for step in ("retry", "settle", "close")] == [True] * 3


def test_nothing_to_do_is_said(town: Town) -> None:
    client = logged_in(web_in(town), town, an_admin(town.ports))

    assert "Nothing needs attention" in client.get("/admin/money").text


@pytest.mark.parametrize(("note", "status"), [("By e-transfer.", 303), ("", 422)])
def test_staff_settle_it_with_a_note(sent_back: Town, note: str, status: int) -> None:
    client = logged_in(web_in(sent_back), sent_back, an_admin(sent_back.ports))
    page = client.get("/admin/money").text
    (issue,) = sent_back.ports.queries.money.open_issues()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    form = {"note": note} | ({"csrf_token": token[1]} if token else {})

    answer = client.post(f"/admin/money/{issue.id}/settle", data=form)

    assert answer.status_code == status
    assert bool(sent_back.ports.queries.money.open_issues()) is (status == 422)
