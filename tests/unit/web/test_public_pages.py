import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from autodoctor.domain.accounts.consent import VERSIONS, ConsentKind

PUBLIC = (
    "/",
    "/services-pricing",
    "/how-it-works",
    "/about",
    "/privacy",
    "/terms",
    "/problems/conflict",
)
SIGN_UPS_AND_LOG_INS = {
    "/login",
    "/signup",
    "/onboarding/pricing",
    "/mechanic/login",
    "/mechanic/signup",
    "/workshop/login",
    "/workshop/signup",
    "/workshops",
    "/admin/login",
    "/corporate/login",
    "/corporate/signup",
}


@pytest.fixture(params=PUBLIC)
def html(request: pytest.FixtureRequest, visitor: FlaskClient) -> str:
    answer = visitor.get(request.param)
    assert answer.status_code == 200
    return answer.text


def test_every_page_has_one_heading_of_its_own(html: str) -> None:
    assert len(re.findall(r"<h1\b", html)) == 1


def test_every_link_leads_to_a_page(html: str, app: Flask) -> None:
    paths = {link.split("?")[0] for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', html)}

    public = {rule.rule for rule in app.url_map.iter_rules()}
    assert paths <= public | SIGN_UPS_AND_LOG_INS


def test_no_page_carries_inline_style_or_script(html: str) -> None:
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


def test_titles_differ(visitor: FlaskClient) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", visitor.get(path).text)[0] for path in PUBLIC]

    assert len(set(titles)) == len(PUBLIC)


@pytest.mark.parametrize("path", ["/", "/services-pricing"])
def test_prices_come_from_the_catalogue(path: str, visitor: FlaskClient) -> None:
    html = visitor.get(path).text

    for price in ("Free", "$4.99", "$9.99", "$29.99", "$49.99"):
        assert f'<span class="plan__figure">{price}</span>' in html
    assert html.count("Most popular") == 1


def test_the_page_one_is_on_is_marked(visitor: FlaskClient) -> None:
    html = visitor.get("/about").text

    marked = re.findall(r'href="([^"]*)" aria-current="page"', html)
    assert set(marked) == {"/about"}


@pytest.mark.parametrize(
    ("path", "kind"), [("/privacy", ConsentKind.PRIVACY), ("/terms", ConsentKind.TERMS)]
)
def test_the_rules_name_the_version_people_accept(
    path: str, kind: ConsentKind, visitor: FlaskClient
) -> None:
    assert f"Version {VERSIONS[kind]}" in visitor.get(path).text


def test_the_split_on_the_about_page_is_the_one_that_is_paid(visitor: FlaskClient) -> None:
    html = visitor.get("/about").text

    for amount in ("$7.20", "$0.80", "$1.99", "$9.99"):
        assert f"<td data-numeric>{amount}</td>" in html


@pytest.mark.parametrize("path", PUBLIC)
def test_nothing_is_promised_that_is_not_there_yet(path: str, visitor: FlaskClient) -> None:
    html = visitor.get(path).text.lower()

    for words in ("add 15 minutes", "larger plan", "extra time", "calendar", "a full diagnostic"):
        assert words not in html
    for words in ("stands for 14 days", "one invoice", "be moved", "pass the case", "handed on"):
        assert words not in html


def test_an_unknown_problem_is_not_found_and_says_so_with_a_reference(
    visitor: FlaskClient,
) -> None:
    answer = visitor.get("/problems/never-heard-of")

    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.text
    assert "<code>kit-0001</code>" in answer.text
