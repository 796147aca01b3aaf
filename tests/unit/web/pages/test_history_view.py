from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.money import Money
from autodoctor.entrypoints.web.pages.history_view import (
    GROUPS,
    PAGE,
    Wish,
    history_view,
    session_table,
)
from support.seen import ID, NOW, VIEW, WHEN

MANY = tuple(
    attrs.evolve(VIEW, created_at=NOW - timedelta(minutes=number)) for number in range(PAGE + 1)
)


def asked(url: str) -> Wish:
    return Wish.of(dict(parse_qsl(urlsplit(url).query)))


@given(
    group=st.sampled_from(sorted(GROUPS)),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=100),
    before=st.none() | st.just(NOW),
)
def test_an_address_asks_again_for_what_it_was_made_of(
    group: str, text: str, before: object
) -> None:
    wish = Wish(group, text.strip(), NOW if before else None)

    assert asked(wish.url()) == wish


@pytest.mark.parametrize(
    "given", [{"show": "everything"}, {"before": "yesterday"}, {"before": "2026-03-12"}]
)
def test_what_makes_no_sense_in_an_address_is_left_out(given: dict[str, str]) -> None:
    assert Wish.of(given) == Wish()


def test_every_state_belongs_to_one_group() -> None:
    grouped = [status for _, statuses in GROUPS.values() for status in statuses]

    assert sorted(grouped) == sorted(SessionStatus)


def test_a_full_page_leads_on_to_older_ones() -> None:
    view = history_view(MANY, Wish(), WHEN)

    assert view.pager is not None
    assert asked(view.pager.next_url).before == MANY[PAGE - 1].created_at
    assert view.pager.previous_url == ""
    assert len(view.table.rows) == PAGE


def test_the_last_page_leads_back_to_the_newest() -> None:
    view = history_view(MANY[:3], Wish(group="done", before=NOW), WHEN)

    assert view.pager is not None
    assert (view.pager.next_url, view.pager.previous_url) == ("", "/customer/sessions?show=done")


def test_a_list_on_one_page_has_no_pager() -> None:
    assert history_view(MANY[:PAGE], Wish(), WHEN).pager is None


def test_an_empty_search_says_what_to_do() -> None:
    assert history_view((), Wish(text="clutch"), WHEN).table.empty.startswith("Nothing fits.")
    assert history_view((), Wish(), WHEN).table.empty == "None yet."


def test_a_row_leads_to_where_the_session_is() -> None:
    live = attrs.evolve(VIEW, status=SessionStatus.LIVE, ended_at=None)

    rows = session_table((VIEW, live), WHEN, caption="", empty="").rows

    assert [row[0].url for row in rows] == [f"/customer/sessions/{ID}", f"/session/{ID}"]


def test_a_row_tells_the_state_in_words_and_the_money() -> None:
    refunded = attrs.evolve(
        VIEW, status=SessionStatus.REFUNDED, refunded=Money(999), mechanic_name=""
    )

    _, mechanic, state, rating, paid = session_table((refunded,), WHEN, caption="", empty="").rows[
        0
    ]

    assert (mechanic.text, state.text, rating.text) == ("Nobody", "Refunded", "–")
    assert (paid.text, paid.note) == ("$9.99", "$9.99 refunded")
