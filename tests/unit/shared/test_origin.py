"""Where a request comes from, whatever it says of itself."""

import pytest

from autodoctor.domain.shared.origin import AGENT_LENGTH_MAX, REQUEST_ID_LENGTH_MAX, Origin


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:0DB8::0001", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", ""),
        ("192.0.2.7, 10.0.0.1", ""),
        ("", ""),
    ],
)
def test_only_an_ip_address_is_kept(given: str, kept: str) -> None:
    assert Origin.of(address=given, agent="", request_id="").address == kept


def test_what_is_not_printable_is_dropped_and_the_rest_is_cut() -> None:
    agent = "A\x00B\x1b[31m\u202e" + "x" * 500

    found = Origin.of(address="", agent=agent, request_id="r" * 100)

    assert found.agent.startswith("AB[31mx")
    assert len(found.agent) == AGENT_LENGTH_MAX
    assert len(found.request_id) == REQUEST_ID_LENGTH_MAX
