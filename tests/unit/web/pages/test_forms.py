import pytest
from flask import Flask

from autodoctor.domain.shared.errors import Conflict, Invalid, InvalidField, NotFound
from autodoctor.entrypoints.web.pages.forms import asked, attempt, form_view, typed, wrong_with


def refuse(refusal: Exception) -> None:
    raise refusal


def test_a_form_has_a_value_and_an_error_for_every_field() -> None:
    form = form_view(("name", "phone"), {"name": "Robin"}, {"phone": "Enter a number."})

    assert form.values == {"name": "Robin", "phone": "", "form": ""}
    assert [(link.label, link.url) for link in form.summary] == [("Enter a number.", "#phone")]
    assert form.refused


def test_an_error_of_a_field_the_form_does_not_have_is_still_told() -> None:
    form = form_view(("name",), errors={"colour": "Not that one.", "size": "Too large."})

    assert form.errors == {"name": "", "form": "Not that one. Too large."}


def test_a_form_without_errors_is_not_refused() -> None:
    assert not form_view(("name",)).refused
    assert form_view(("name",)).summary == ()


def test_an_attempt_gives_what_the_step_returns_or_its_refusal() -> None:
    refusal = InvalidField("name", "…")

    assert attempt(lambda: 7, Invalid) == 7
    assert attempt(lambda: refuse(refusal), Conflict, Invalid) is refusal


def test_an_attempt_lets_every_other_refusal_go_its_way() -> None:
    with pytest.raises(NotFound):
        attempt(lambda: refuse(NotFound()), Invalid)


def test_a_check_is_told_by_its_field() -> None:
    assert wrong_with(lambda: refuse(InvalidField("name", "Too short."))) == {"name": "Too short."}
    assert wrong_with(lambda: None) == {}


def test_what_is_typed_is_trimmed_and_what_is_missing_is_empty() -> None:
    with Flask(__name__).test_request_context("/", method="POST", data={"name": " Robin "}):
        assert typed(("name", "phone")) == {"name": "Robin", "phone": ""}


def test_what_is_asked_for_is_read_from_the_address_alike() -> None:
    with Flask(__name__).test_request_context("/?name=+Robin+"):
        assert asked(("name", "phone")) == {"name": "Robin", "phone": ""}
