"""Money that needs a person, as staff see it and deal with it."""

import re

import pytest

from autodoctor.application.payments.resolving import settle
from autodoctor.application.sessions.ending import cancel_session
from autodoctor.domain.revenue.issue import IssueKind
from autodoctor.entrypoints.web.pages.admin_issues import reason_text
from autodoctor.testing.ports import Town, a_customer, a_paid_session, an_admin, memory_town
from autodoctor.testing.town import hear_everything, work
from support.web import logged_in, web_in


@pytest.fixture
def town() -> Town:
    return memory_town()


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return {"csrf_token": found[1]} if found else {}


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


def test_a_dispute_that_has_to_be_answered_needs_attention(town: Town) -> None:
    customer = a_customer(town.ports)
    a_paid_session(town, customer)
    (charge,) = town.bank.charges
    dispute = town.bank.open_dispute(charge)
    hear_everything(town)
    work(town)
    staff = logged_in(web_in(town), town, an_admin(town.ports))

    page = staff.get("/admin/money").text

    assert "Nothing needs attention" not in page
    assert dispute in page


@pytest.mark.parametrize(("note", "status"), [("By e-transfer.", 303), ("", 422)])
def test_staff_settle_it_with_a_note(sent_back: Town, note: str, status: int) -> None:
    client = logged_in(web_in(sent_back), sent_back, an_admin(sent_back.ports))
    page = client.get("/admin/money").text
    (issue,) = sent_back.ports.queries.money.open_issues()
    form = token(page) | {"note": note}

    answer = client.post(f"/admin/money/{issue.id}/settle", data=form)

    assert answer.status_code == status
    assert bool(sent_back.ports.queries.money.open_issues()) is (status == 422)


def test_a_refused_close_keeps_the_note_beside_the_reason(sent_back: Town) -> None:
    client = logged_in(web_in(sent_back), sent_back, an_admin(sent_back.ports))
    (issue,) = sent_back.ports.queries.money.open_issues()

    form = token(client.get("/admin/money").text) | {"note": "They called <us>."}
    answer = client.post(f"/admin/money/{issue.id}/close", data=form)

    assert answer.status_code == 409
    field = f"close-{issue.id}"
    assert f'href="#{field}">Refund failed, $49.99: ' in answer.text, "the summary leads to it"
    opened = answer.text[answer.text.rindex("<details", 0, answer.text.index(f'id="{field}"')) :]
    assert opened.startswith('<details class="fold" open')
    assert "They called &lt;us&gt;." in opened
    assert "&#34;Try again&#34; or &#34;Paid another way&#34;" in opened
    assert answer.text.count('class="fold" open') == 1


def test_an_item_says_whose_it_is(sent_back: Town) -> None:
    client = logged_in(web_in(sent_back), sent_back, an_admin(sent_back.ports))
    (issue,) = sent_back.ports.queries.money.open_issues()
    paid = sent_back.ports.queries.money.paid_for([issue.id])[issue.id]

    page = client.get("/admin/money").text

    assert f'<a href="/admin/users/{paid.customer_id}">Casey Driver</a>' in page
    assert f'<a href="/admin/sessions/{issue.session_id}">Full Diagnostic</a>' in page


def test_the_audit_log_says_what_was_settled(sent_back: Town) -> None:
    admin = an_admin(sent_back.ports)
    (issue,) = sent_back.ports.queries.money.open_issues()
    settle(sent_back.ports, actor=admin, issue_id=issue.id, note="By e-transfer.")

    page = logged_in(web_in(sent_back), sent_back, admin).get("/admin/audit").text

    assert "Marked as paid another way" in page
    assert "Refund failed, $49.99" in page
    assert "amount minor" not in page


def test_stripes_own_numbers_are_shown_as_they_are() -> None:
    assert reason_text(IssueKind.REFUND_AT_PROVIDER, "re_34_fO9") == "Stripe refund re_34_fO9"
    assert reason_text(IssueKind.REFUND_FAILED, "lost_card") == "Stripe says: lost card"
    assert reason_text(IssueKind.REFUND_FAILED, "") == ""
