"""The page of the security log."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from autodoctor.domain.operations.security_event import (
    SecurityEvent,
    SecurityKind,
    SecurityOutcome,
    of_account,
)
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role
from autodoctor.domain.shared.origin import Origin
from autodoctor.entrypoints.web.pages.security_words import KINDS, OUTCOMES
from autodoctor.testing.ports import Town, a_customer, an_admin, memory_town
from support.web import logged_in, web_in

PATH = "/admin/security-log"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def staff(town: Town) -> FlaskClient:
    return logged_in(web_in(town), town, an_admin(town.ports))


def recorded(town: Town, actor: Actor, kind: SecurityKind, **origin: str) -> None:
    event = SecurityEvent(kind=kind, at=town.clock.now(), subject=of_account(actor.account_id))
    with town.kept.from_origin(Origin(**origin))(SYSTEM) as tx:
        tx.security.append(event.by(actor))


def test_every_kind_and_outcome_has_its_words() -> None:
    assert set(KINDS) == set(SecurityKind)
    assert set(OUTCOMES) == set(SecurityOutcome)
    assert len(set(KINDS.values())) == len(KINDS)


def test_an_entry_says_what_who_about_whom_and_from_where(town: Town, staff: FlaskClient) -> None:
    customer = a_customer(town.ports)
    recorded(
        town,
        customer,
        SecurityKind.PASSWORD_CHANGED,
        address="192.0.2.44",
        agent="Firefox/1",
        request_id="abc123",
    )

    page = staff.get(f"{PATH}?kind=password_changed").text

    for told in ("Changed the password", "Casey Driver", "192.0.2.44", "Firefox/1", "abc123"):
        assert told in page
    assert f"/admin/users/{customer.account_id}" in page
    assert "12:00:00 UTC" in page


def test_entries_of_other_kinds_are_not_shown(town: Town, staff: FlaskClient) -> None:
    recorded(town, a_customer(town.ports), SecurityKind.PASSWORD_CHANGED, address="192.0.2.44")

    page = staff.get(f"{PATH}?kind=roles_changed").text

    assert "192.0.2.44" not in page
    assert "No entry matches these filters" in page


def test_a_person_is_found_by_their_address(town: Town, staff: FlaskClient) -> None:
    customer = a_customer(town.ports)
    recorded(town, customer, SecurityKind.PASSWORD_CHANGED, address="192.0.2.44")
    with town.kept(SYSTEM) as tx:
        email = tx.accounts.get(customer.account_id).email.text

    assert "192.0.2.44" in staff.get(f"{PATH}?person={email}").text
    assert "192.0.2.44" not in staff.get(f"{PATH}?person={customer.account_id}&outcome=failed").text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("person", "nobody@nowhere.example", "Nobody has this address."),
        ("person", "x", "Give a mail address or an id."),
        ("subject", "x", "Give a mail address or an id."),
        ("since", "yesterday", "Give a date and time"),
        ("until", "9999-12-31T23:59", "Give a date and time"),
    ],
)
def test_what_cannot_be_searched_for_is_said_at_its_field(
    staff: FlaskClient, field: str, value: str, told: str
) -> None:
    answer = staff.get(PATH, query_string={field: value})

    assert answer.status_code == 422
    assert told in answer.text
    assert f'value="{value}"' in answer.text


def test_times_are_those_of_the_reader(town: Town, staff: FlaskClient) -> None:
    """Noon UTC is seven in the morning in Toronto."""
    recorded(town, a_customer(town.ports), SecurityKind.PASSWORD_CHANGED, address="192.0.2.44")

    within = {"since": "2026-03-02T06:59", "until": "2026-03-02T07:01"}
    before = {"until": "2026-03-02T07:00"}

    assert "192.0.2.44" in staff.get(PATH, query_string=within).text
    assert "192.0.2.44" not in staff.get(PATH, query_string=before).text


def test_older_entries_are_a_link_away_and_the_filter_stays(town: Town, staff: FlaskClient) -> None:
    customer = a_customer(town.ports)
    for number in range(51):
        town.clock.advance(timedelta(minutes=1))
        recorded(town, customer, SecurityKind.PASSWORD_CHANGED, address=f"192.0.2.{number}")

    first = staff.get(f"{PATH}?kind=password_changed").text
    older = f"{PATH}?kind=password_changed&amp;before="
    assert older in first
    assert "192.0.2.0<" not in first
    url = first.split(f'href="{PATH}?kind=password_changed&amp;before=')[1].split('"')[0]
    second = staff.get(f"{PATH}?kind=password_changed&before={url}").text

    assert "192.0.2.0<" in second
    assert "Older" not in second
    assert "Newest" in second


def test_what_is_no_number_is_the_first_page(staff: FlaskClient) -> None:
    for before in ("x", "9" * 40, "-1", "²"):
        assert staff.get(PATH, query_string={"before": before}).status_code == 200


def test_nobody_else_gets_in(town: Town) -> None:
    customer = logged_in(web_in(town), town, a_customer(town.ports))

    assert customer.get(PATH).status_code == 403


def test_staff_find_it_in_their_navigation(staff: FlaskClient) -> None:
    assert f'href="{PATH}"' in staff.get("/admin/audit").text


def test_an_entry_that_stands_for_many_says_for_how_many(town: Town, staff: FlaskClient) -> None:
    for _ in range(1234):
        event = SecurityEvent(kind=SecurityKind.LOGIN_FAILED, at=town.clock.now())
        with town.kept.from_origin(Origin("192.0.2.9"))(SYSTEM) as tx:
            tx.security.append(event)

    page = staff.get(f"{PATH}?kind=login_failed").text

    assert "1,224 more in this minute, counted together" in page


def test_the_role_is_named_for_staff(town: Town, staff: FlaskClient) -> None:
    recorded(town, an_admin(town.ports), SecurityKind.CHAT_READ)

    assert Role.ADMIN.value in staff.get(f"{PATH}?kind=chat_read").text
