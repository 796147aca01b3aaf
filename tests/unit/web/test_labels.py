"""Entries of error summaries name the labels that the fields have on the page."""

import re
from pathlib import Path

import pytest
from flask import Flask

from autodoctor.entrypoints import web
from autodoctor.entrypoints.web.labels import labelled
from autodoctor.entrypoints.web.parts import Link

TEMPLATES = Path(web.__file__).parent / "templates"
SUMMARIES = [
    page
    for page in sorted(TEMPLATES.rglob("*.html"))
    if "error_summary(" in page.read_text(encoding="utf-8") and page.parent.name != "components"
]


def summary(app: Flask, template: str, **errors: str) -> list[str]:
    context = app.jinja_env.get_template(template).new_context()
    links = (Link(text, f"#{name}") for name, text in errors.items())
    return [link.label for link in labelled(context, links)]


@pytest.mark.parametrize("page", SUMMARIES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_every_summary_names_the_fields(page: Path) -> None:
    calls = re.findall(r"error_summary\(.*?\)", page.read_text(encoding="utf-8"))

    assert calls
    assert all("|labelled" in call for call in calls)


def test_two_fields_with_the_same_fault_differ(app: Flask) -> None:
    needed = "The customer needs this part of the report."

    told = summary(app, "mechanic/_report.html", findings=needed, next_steps=needed)

    assert told == [f"Findings: {needed}", f"Next steps: {needed}"]


def test_the_labels_of_an_imported_template_count_too(app: Flask) -> None:
    short = "Enter 2 to 120 characters."

    told = summary(app, "workshop/sign_up.html", name=short, city=short, password=short)

    assert told == [
        f"Name of the workshop: {short}",
        f"City: {short}",
        f"Password: {short}",
    ]


def test_a_field_of_a_numbered_row_and_a_question_are_named(app: Flask) -> None:
    assert summary(app, "mechanic/signup/credentials.html", authority_2="Say who.") == [
        "Issued by: Say who."
    ]
    assert summary(app, "mechanic/signup/bank.html", payout_country="Choose one.") == [
        "Where is your bank account? Choose one."
    ]


def test_an_error_that_names_its_field_and_one_of_no_field_stay_as_they_are(app: Flask) -> None:
    told = summary(
        app, "accounts/sign_up.html", email="Enter an email address.", form="Try again later."
    )

    assert told == ["Enter an email address.", "Try again later."]
