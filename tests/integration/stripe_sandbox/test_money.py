"""Money in the sandbox only moves: whatever is done, in whatever order."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from autodoctor.adapters.embedded.stripe_sandbox.books import CARDS, PLATFORM, Books
from autodoctor.adapters.embedded.stripe_sandbox.documents import Doc
from autodoctor.adapters.embedded.stripe_sandbox.faults import StripeFault
from autodoctor.adapters.embedded.stripe_sandbox.objects import (
    accounts,
    checkouts,
    disputes,
    payments,
    refunds,
    transfers,
)
from autodoctor.adapters.embedded.stripe_sandbox.objects.cards import TEST_CARDS, Card
from autodoctor.adapters.embedded.stripe_sandbox.store import Store

AMOUNTS = st.integers(1, 1500)
CHARGED = 1000
LINE = {"price_data": {"currency": "cad", "unit_amount": CHARGED, "product_data": {"name": "x"}}}


class Money(RuleBasedStateMachine):
    charges = Bundle("charges")
    refunds = Bundle("refunds")
    transfers = Bundle("transfers")
    disputes = Bundle("disputes")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(data_dir=Path(self.folder.name), clock=lambda: 1_800_000_000.0)
        with self.store.transaction() as books:
            account = accounts.create(books, {"type": "express"})
            self.account = accounts.set_ready(books, account, ready=True)["id"]

    def teardown(self) -> None:
        self.folder.cleanup()

    def attempt(self, act: object) -> str | None:
        """The id of what was made, or None when it was refused and nothing has changed."""
        with self.store.transaction() as books:
            before = fingerprint(books)
            try:
                with books.all_or_nothing():
                    made: Doc = act(books)
            except StripeFault:
                assert fingerprint(books) == before
                return None
            return str(made["id"])

    @rule(target=charges, number=st.sampled_from(sorted(TEST_CARDS)), passes=st.booleans())
    def pay(self, number: str, passes: bool) -> str:
        with self.store.transaction() as books:
            params = {"mode": "payment", "line_items": [LINE], "success_url": "http://a.example"}
            session = checkouts.create(books, params, public_url="http://b.example")
            card = Card(number=number, expiry_month=1, expiry_year=2099, name="Ada")
            intent = payments.pay(books, session, card)
            if intent["status"] == "requires_action":
                intent = payments.authenticate(books, session, passed=passes)
            return str(intent["latest_charge"])

    @rule(target=refunds, charge=charges, amount=AMOUNTS)
    def refund(self, charge: str, amount: int) -> str | None:
        return self.attempt(
            lambda books: refunds.create(books, {"charge": charge, "amount": amount})
        )

    @rule(refund=consumes(refunds))
    def fail_refund(self, refund: str | None) -> None:
        if refund is not None:
            self.attempt(lambda books: refunds.fail(books, books.find("refund", refund)))

    @rule(target=transfers, charge=charges, amount=AMOUNTS)
    def transfer(self, charge: str, amount: int) -> str | None:
        params = {
            "amount": amount,
            "currency": "cad",
            "destination": self.account,
            "source_transaction": charge,
        }
        return self.attempt(lambda books: transfers.create(books, params))

    @rule(transfer=transfers, amount=AMOUNTS)
    def reverse(self, transfer: str | None, amount: int) -> None:
        if transfer is not None:
            self.attempt(
                lambda books: transfers.reverse(
                    books, books.find("transfer", transfer), {"amount": amount}
                )
            )

    @rule(target=disputes, charge=charges)
    def dispute(self, charge: str) -> str | None:
        return self.attempt(lambda books: disputes.open_for(books, books.find("charge", charge)))

    @rule(dispute=consumes(disputes), outcome=st.sampled_from(["won", "lost"]))
    def close(self, dispute: str | None, outcome: str) -> None:
        if dispute is not None:
            self.attempt(
                lambda books: disputes.close(books, books.find("dispute", dispute), outcome)
            )

    @invariant()
    def all_money_is_somewhere(self) -> None:
        with self.store.transaction() as books:
            holders = (PLATFORM, CARDS, self.account)
            assert sum(books.balance(holder).get("cad", 0) for holder in holders) == 0

    @invariant()
    def a_charge_is_never_given_away_twice(self) -> None:
        with self.store.transaction() as books:
            for charge in books.listed("charge"):
                given_back = total(books, "refund", charge, "charge", but="failed")
                assert given_back == charge["amount_refunded"] <= charge["amount"]
                assert charge["refunded"] == (given_back == charge["amount"])
                transferred = total(books, "transfer", charge, "source_transaction")
                assert 0 <= transferred <= charge["amount"]

    @invariant()
    def an_account_holds_what_was_transferred_and_did_not_come_back(self) -> None:
        with self.store.transaction() as books:
            net = sum(
                transfer["amount"] - transfer["amount_reversed"]
                for transfer in books.listed("transfer")
            )
            assert books.balance(self.account).get("cad", 0) == net

    @invariant()
    def every_event_is_on_its_way(self) -> None:
        with self.store.transaction() as books:
            events = books.sql.execute("SELECT COUNT(*) FROM objects WHERE kind = 'event'")
            due = books.sql.execute("SELECT COUNT(*) FROM deliveries WHERE state = 'due'")
            assert events.fetchone()[0] == due.fetchone()[0]


def total(books: Books, kind: str, charge: Doc, field: str, but: str = "") -> int:
    return sum(
        made["amount"] - made.get("amount_reversed", 0)
        for made in books.listed(kind, where={field: charge["id"]})
        if made.get("status") != but
    )


def fingerprint(books: Books) -> list[tuple[object, ...]]:
    return [
        tuple(books.sql.execute(query).fetchone())
        for query in (
            "SELECT COUNT(*), group_concat(body) FROM objects",
            "SELECT COUNT(*), SUM(amount) FROM movements",
            "SELECT COUNT(*) FROM deliveries",
        )
    ]


TestMoney = Money.TestCase
TestMoney.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
