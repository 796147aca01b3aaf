"""Onboarding, and the pages that show what there is."""

import time

import pytest
import stripe

from .town import Town


def a_link(town: Town, account: stripe.Account) -> str:
    link = town.stripe.account_links.create(
        {
            "account": account.id,
            "return_url": "http://app.example/return",
            "refresh_url": "http://app.example/refresh",
            "type": "account_onboarding",
        }
    )
    assert link.expires_at > time.time()
    return link.url


def test_onboarding_makes_an_account_ready_and_returns(town: Town) -> None:
    account = town.stripe.accounts.create({"type": "express", "email": "m@example.ca"})
    url = a_link(town, account)

    page = town.http.get(url)
    answer = town.http.post(url)

    event = town.listener.wait_for("account.updated")
    assert "m@example.ca" in page.text
    assert 'href="http://app.example/return"' in page.text
    assert answer.headers["Location"] == "http://app.example/return"
    assert event.data.object["charges_enabled"]
    assert town.stripe.accounts.retrieve(account.id).details_submitted


def test_onboarding_twice_is_once(town: Town) -> None:
    account = town.stripe.accounts.create({"type": "express"})
    url = a_link(town, account)
    town.http.post(url)

    again = town.http.post(url)
    page = town.http.get(url)

    assert again.status_code == 303
    assert "complete" in page.text
    assert "<form" not in page.text
    updates = town.stripe.events.list({"type": "account.updated", "limit": 100}).data
    assert [event.account for event in updates].count(account.id) == 1


def test_an_account_is_filled_in_by_its_own_link_only(town: Town) -> None:
    mine = town.stripe.accounts.create({"type": "express"})
    other = town.stripe.accounts.create({"type": "express"})
    link_of_other = a_link(town, other).partition("?")[2]

    without = town.http.post(f"/connect/onboard/{mine.id}")
    stolen = town.http.post(f"/connect/onboard/{mine.id}?{link_of_other}")

    assert without.status_code == stolen.status_code == 404
    assert not town.stripe.accounts.retrieve(mine.id).details_submitted


def test_the_overview_shows_objects_of_every_kind(town: Town) -> None:
    intent = town.paid_intent()
    account = town.ready_account()
    charge = str(intent.latest_charge)
    transfer = town.stripe.transfers.create(
        {"amount": 3600, "currency": "cad", "destination": account.id, "source_transaction": charge}
    )
    refund = town.stripe.refunds.create({"charge": charge, "amount": 100})
    dispute = town.sandbox.command("open_dispute", charge=charge)

    page = town.http.get("/").text

    for made in (charge, account.id, transfer.id, refund.id, dispute["id"]):
        assert f'href="/objects/{made}"' in page
    assert "$36.00" in page
    assert "The platform" in page
    assert "charge.dispute.created" in page


@pytest.mark.parametrize(
    "kind", ["checkout.session", "charge", "refund", "transfer", "account", "dispute", "event"]
)
def test_a_kind_has_a_page_of_its_own(town: Town, kind: str) -> None:
    town.paid_intent()

    page = town.http.get("/", params={"kind": kind})

    assert page.status_code == 200
    assert 'href="/"' in page.text


def test_an_object_is_shown_with_what_can_be_done_to_it(town: Town) -> None:
    intent = town.paid_intent()
    account = town.ready_account()
    refund = town.stripe.refunds.create({"payment_intent": intent.id, "amount": 1})
    session = town.checkout()
    dispute = town.sandbox.command("open_dispute", charge=town.paid_intent().latest_charge)
    event = town.stripe.events.list({"limit": 1}).data[0]
    buttons = {
        str(intent.latest_charge): "Open a dispute",
        account.id: "Make not ready",
        refund.id: "Let it fail",
        session.id: "Expire now",
        dispute["id"]: "Close as lost",
        event.id: "Send again",
    }

    pages = {made: town.http.get(f"/objects/{made}").text for made in buttons}

    for made, label in buttons.items():
        assert label in pages[made]
    assert session.url in pages[session.id]


def test_what_a_customer_typed_is_shown_as_text(town: Town) -> None:
    session = town.checkout()
    town.submit(session.id, name="<script>alert(1)</script>")

    page = town.http.get(f"/objects/{session.id}").text

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_object_has_a_page_of_its_own(town: Town) -> None:
    assert town.http.get("/objects/ch_none").status_code == 404
