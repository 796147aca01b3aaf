"""Where the money is, for tests that follow it."""

from support.running import Running


def balances(running: Running, customer_id: object) -> dict[str, int]:
    """The ledger's balances over everything one customer paid, by kind of account."""
    rows = running.sql(
        """
        SELECT p.account, sum(p.amount_minor)::int AS minor
        FROM postings p JOIN entries e ON e.id = p.entry_id
        LEFT JOIN sessions s ON s.id = e.session_id
        LEFT JOIN checkouts c ON c.id = e.checkout_id
        WHERE coalesce(s.customer_id, c.customer_id) = :customer
        GROUP BY p.account
        """,
        customer=customer_id,
    )
    return {row["account"]: row["minor"] for row in rows}


def count(running: Running, table: str, **where: object) -> int:
    conditions = " AND ".join(f"{name} = :{name}" for name in where) or "true"
    return int(
        running.sql(f"SELECT count(*) AS n FROM {table} WHERE {conditions}", **where)[0]["n"]
    )
