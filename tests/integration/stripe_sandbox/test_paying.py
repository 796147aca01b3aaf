"""The page to pay on, as a browser without scripts sees it."""

import concurrent.futures
import html

import pytest

from .town import Town


def payment_status(town: Town, session_id: str) -> str:
    return town.stripe.checkout.sessions.retrieve(session_id).payment_status


def test_the_page_says_what_is_paid_and_leads_back(town: Town) -> None:
    session = town.checkout()

    page = town.http.get(f"/c/pay/{session.id}")

    text = html.unescape(page.text)
    assert page.status_code == 200
    assert "$49.99" in text
    assert "Standard <video>" in text
    assert "<video>" not in page.text
    assert 'href="http://app.example/cancelled"' in page.text
    assert "script" not in page.text
    assert "style=" not in page.text


def test_the_pages_allow_no_script_and_no_frame(town: Town) -> None:
    page = town.http.get(f"/c/pay/{town.checkout().id}")

    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert town.http.get("/sandbox.css").headers["Content-Type"].startswith("text/css")


def test_a_good_card_pays_and_leads_to_the_success_page(town: Town) -> None:
    session = town.checkout()

    answer = town.submit(session.id)

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://app.example/paid?checkout={session.id}"
    assert payment_status(town, session.id) == "paid"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "4242 4242 4242 4241", "Card number"),
        ("number", "", "Card number"),
        ("number", "４２４２４２４２４２４２４２４２", "Card number"),
        ("expiry", "13/40", "Expiry"),
        ("expiry", "12/20", "expired"),
        ("expiry", "1240", "Expiry"),
        ("cvc", "12", "Security code"),
        ("cvc", "12a", "Security code"),
        ("name", " ", "Name on card"),
    ],
)
def test_a_wrong_field_is_named_and_the_others_are_kept(
    town: Town, field: str, value: str, words: str
) -> None:
    session = town.checkout()

    answer = town.submit(session.id, **{field: value})

    assert answer.status_code == 422
    assert words in answer.text
    assert f'aria-describedby="{field}-fault"' in answer.text
    assert ("Ada Byron" in answer.text) == (field != "name")
    assert 'value="123"' not in answer.text
    assert payment_status(town, session.id) == "unpaid"


@pytest.mark.parametrize(
    ("number", "words", "decline_code"),
    [
        ("4000000000000002", "Your card was declined.", "generic_decline"),
        ("4000000000009995", "Your card has insufficient funds.", "insufficient_funds"),
        ("5555555555554444", "Your card was declined.", "generic_decline"),
    ],
)
def test_a_decline_stays_on_the_page_and_another_card_pays(
    town: Town, number: str, words: str, decline_code: str
) -> None:
    session = town.checkout()

    declined = town.submit(session.id, number=number)
    failed = town.listener.wait_for("payment_intent.payment_failed")
    paid = town.submit(session.id)

    assert declined.status_code == 422
    assert words in declined.text
    assert failed.data.object["last_payment_error"]["decline_code"] == decline_code
    assert paid.status_code == 303
    assert payment_status(town, session.id) == "paid"


@pytest.mark.parametrize("number", ["4000002500003155", "4000002760003184"])
def test_an_authenticated_card_pays(town: Town, number: str) -> None:
    session = town.checkout()

    asked = town.submit(session.id, number=number)
    page = town.http.get(asked.headers["Location"])
    before = payment_status(town, session.id)
    answer = town.http.post(asked.headers["Location"], data={"outcome": "complete"})

    assert asked.headers["Location"] == f"/c/pay/{session.id}/authenticate"
    assert "Complete authentication" in page.text
    assert before == "unpaid"
    assert answer.headers["Location"].startswith("http://app.example/paid")
    assert payment_status(town, session.id) == "paid"


def test_a_failed_authentication_pays_nothing_and_lets_one_try_again(town: Town) -> None:
    session = town.checkout()
    asked = town.submit(session.id, number="4000002500003155")

    failed = town.http.post(asked.headers["Location"], data={"outcome": "fail"})
    event = town.listener.wait_for("payment_intent.payment_failed")
    gone = town.http.get(asked.headers["Location"])
    again = town.submit(session.id)

    assert "unable to authenticate" in failed.text
    error = event.data.object["last_payment_error"]
    assert error["code"] == "payment_intent_authentication_failure"
    assert gone.headers["Location"] == f"/c/pay/{session.id}"
    assert again.status_code == 303


def test_authentication_that_nobody_asked_for_leads_to_the_page(town: Town) -> None:
    session = town.checkout()

    answer = town.http.post(f"/c/pay/{session.id}/authenticate", data={"outcome": "complete"})

    assert answer.headers["Location"] == f"/c/pay/{session.id}"
    assert payment_status(town, session.id) == "unpaid"


def test_a_disputed_card_pays_and_is_disputed(town: Town) -> None:
    session = town.checkout()

    town.submit(session.id, number="4000000000000259")

    dispute = town.listener.wait_for("charge.dispute.created").data.object
    assert payment_status(town, session.id) == "paid"
    assert dispute["amount"] == 4999
    assert town.stripe.disputes.retrieve(dispute["id"]).status == "needs_response"
    found = town.stripe.disputes.list({"charge": dispute["charge"]})
    assert [entry.id for entry in found.data] == [dispute["id"]]


def test_a_form_sent_many_times_pays_once(town: Town) -> None:
    session = town.checkout()

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: town.submit(session.id), range(6)))

    intent = town.stripe.checkout.sessions.retrieve(session.id).payment_intent
    charges = town.stripe.charges.list({"payment_intent": str(intent)})
    assert {answer.status_code for answer in answers} == {303}
    assert len(charges.data) == 1


def test_a_paid_checkout_says_so(town: Town) -> None:
    session = town.checkout()
    town.submit(session.id)

    page = town.http.get(f"/c/pay/{session.id}")

    assert "already paid" in page.text
    assert f"http://app.example/paid?checkout={session.id}" in page.text


def test_an_expired_checkout_says_so_and_takes_no_money(town: Town) -> None:
    session = town.checkout()
    town.stripe.checkout.sessions.expire(session.id)

    page = town.http.get(f"/c/pay/{session.id}")
    answer = town.submit(session.id)

    assert page.status_code == answer.status_code == 410
    assert "expired" in page.text
    assert payment_status(town, session.id) == "unpaid"


def test_an_unknown_checkout_has_a_page_of_its_own(town: Town) -> None:
    answer = town.http.get("/c/pay/cs_test_none")

    assert answer.status_code == 404
    assert "no such checkout" in answer.text


def test_another_site_cannot_send_the_form(town: Town) -> None:
    session = town.checkout()

    answer = town.http.post(
        f"/c/pay/{session.id}",
        data={"number": "4242424242424242"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert payment_status(town, session.id) == "unpaid"
