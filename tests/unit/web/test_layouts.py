from collections.abc import Callable

import attrs
from flask.testing import FlaskClient

from autodoctor.entrypoints.web.kit.samples import ACTIVE, SIGNED_IN
from autodoctor.entrypoints.web.views import VISITOR

Render = Callable[..., str]


def test_small_screens_show_four_places_and_the_rest_under_more(render: Render) -> None:
    html = render(
        '{% from "layouts/_signed_in_parts.html" import bottom_bar %}{{ bottom_bar(v) }}',
        v=SIGNED_IN,
    )

    bar, sheet = html.split("bottom__sheet")
    assert [item.label in bar for item in SIGNED_IN.nav] == [True] * 4 + [False] * 2
    assert [item.label in sheet for item in SIGNED_IN.nav] == [False] * 4 + [True] * 2


def test_the_bell_is_silent_without_news(render: Render) -> None:
    source = '{% from "layouts/_signed_in_parts.html" import bell %}{{ bell(v) }}'

    assert 'class="bell__count" data-unread><span data-figure>3<' in render(source, v=SIGNED_IN)
    assert "hidden data-unread" in render(source, v=attrs.evolve(SIGNED_IN, unread=""))


def test_the_banner_returns_to_the_session_and_ends_it_by_post(render: Render) -> None:
    html = render(
        '{% from "components/banner.html" import active_banner %}{{ active_banner(s) }}', s=ACTIVE
    )

    assert f'href="{ACTIVE.return_url}"' in html
    assert f'<form action="{ACTIVE.end_url}" method="post">' in html


def test_a_session_that_cannot_be_ended_from_here_offers_no_end(render: Render) -> None:
    html = render(
        '{% from "components/banner.html" import active_banner %}{{ active_banner(s) }}',
        s=attrs.evolve(ACTIVE, end_url=""),
    )

    assert "<form" not in html


def test_logging_out_is_a_post(visitor: FlaskClient) -> None:
    html = visitor.get("/dev/kit/in/dashboard").text

    assert '<form action="/logout" method="post">' in html


def test_visitors_may_log_in_and_the_signed_in_go_home(render: Render) -> None:
    source = '{% from "layouts/_public_links.html" import account_links %}{{ account_links(v) }}'

    assert "Log in" in render(source, v=VISITOR)
    assert "My dashboard" in render(source, v=SIGNED_IN)


def test_what_was_flashed_is_shown_once_in_the_live_region(visitor: FlaskClient) -> None:
    first = visitor.get("/dev/kit/feedback").text
    second = visitor.get("/about").text

    assert 'class="toast">Your profile is saved.' in first
    assert "Your profile is saved." not in second
