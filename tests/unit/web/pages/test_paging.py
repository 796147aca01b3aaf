from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from autodoctor.entrypoints.web.pages.paging import Place, page_of, place_of
from autodoctor.entrypoints.web.parts import Pager

START = datetime(2026, 3, 2, tzinfo=UTC)
Rows = tuple[datetime, ...]


def rows(count: int) -> Rows:
    """Newest first."""
    return tuple(START - timedelta(minutes=number) for number in range(count))


def asked(all_: Rows, place: Place, *, most: int) -> tuple[Rows, Pager]:
    wanted = [each for each in all_ if place.before is None or each < place.before][: most + 1]
    last = wanted[most - 1] if len(wanted) > most else None
    keep = {"text": "a&b", "state": ""}
    return page_of(tuple(wanted), place, most=most, path="/list", keep=keep, last=last)


def follow(url: str) -> Place:
    return place_of(dict(parse_qsl(urlsplit(url).query)))


@given(st.integers(0, 40), st.integers(1, 9))
def test_going_on_shows_every_row_once_and_going_back_the_same_pages(count: int, most: int) -> None:
    pages, place, pager = [], Place(), Pager("")
    while True:
        shown, pager = asked(rows(count), place, most=most)
        pages.append(shown)
        if not pager.next_url:
            break
        place = follow(pager.next_url)
    assert tuple(row for page in pages for row in page) == rows(count)

    for earlier in reversed(pages[:-1]):
        shown, pager = asked(rows(count), follow(pager.previous_url), most=most)
        assert shown == earlier
    assert pager.previous_url == ""


def test_a_page_says_which_rows_it_shows() -> None:
    first, pager = asked(rows(5), Place(), most=2)
    assert pager.text == "Sessions 1–2"

    _, pager = asked(rows(5), follow(pager.next_url), most=2)
    assert pager.text == "Sessions 3–4"

    assert asked(rows(1), Place(), most=2)[1].text == "1 session"
    assert asked((), Place(), most=2)[1].text == ""
    assert len(first) == 2


def test_filters_stay_with_the_page_and_empty_ones_are_dropped() -> None:
    _, pager = asked(rows(5), Place(), most=2)

    told = dict(parse_qsl(urlsplit(pager.next_url).query))
    assert told["text"] == "a&b"
    assert "state" not in told


def test_a_cursor_that_cannot_be_read_is_the_beginning() -> None:
    for text in ("", "soon", "2026-03-02T12:00:00"):
        assert place_of({"before": text, "trail": "-"}) == Place()


def test_a_trail_of_nonsense_leads_to_the_beginning() -> None:
    place = place_of({"before": START.isoformat(), "trail": "x~y"})

    _, pager = asked(rows(5), place, most=2)

    assert follow(pager.previous_url).before is None
