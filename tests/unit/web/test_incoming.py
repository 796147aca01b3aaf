"""NUL characters, which PostgreSQL cannot keep: dropped where people type, refused by name where
programs write."""

from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web import incoming
from autodoctor.entrypoints.web.api.nul import check_nul
from unit.web.test_app import app


@pytest.fixture
def echo() -> FlaskClient:
    made = Flask(__name__)
    incoming.install(made)

    @made.post("/")
    def _told() -> dict[str, object]:
        files = {name: sent.read().hex() for name, sent in request.files.items()}
        return {"args": request.args.to_dict(), "form": request.form.to_dict(flat=False)} | files

    return made.test_client()


def test_addresses_and_forms_hold_none_and_files_stay_as_they_are(echo: FlaskClient) -> None:
    told = echo.post(
        "/?search=va%00ns&page=2",
        data={"name": ["Rob\x00in", "Ada"], "paper": (BytesIO(b"\x00a"), "a.bin")},
    )

    assert told.json == {
        "args": {"search": "vans", "page": "2"},
        "form": {"name": ["Robin", "Ada"]},
        "paper": "0061",
    }


def test_every_application_drops_them() -> None:
    assert app().request_class is incoming.PageRequest


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("a\x00b", "body"),
        ({"concern": "a\x00"}, "concern"),
        ({"vehicle": {"model": "\x00"}}, "vehicle.model"),
        ({"keywords": ["brakes", 3, None, "\x00"]}, "keywords[3]"),
        ({"fine": 1, "no\x00": 2}, "body"),
    ],
)
def test_a_program_is_told_where_one_stands(body: object, place: str) -> None:
    with pytest.raises(InvalidField) as refused:
        check_nul(body)

    assert refused.value.field == place


def test_whatever_holds_none_is_let_through() -> None:
    check_nul({"text": "\\u0000 is not one", "list": [True, 2.5, {"deep": ["ü"]}]})


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("GET", "/api/workshops/directory?search=a%00b", None, "search"),
        ("POST", "/api/mechanic/signup/draft", r'{"keywords": ["a\u0000"]}', "keywords[0]"),
    ],
)
def test_an_endpoint_names_the_field(method: str, path: str, body: str | None, field: str) -> None:
    told = app().test_client().open(path, method=method, data=body, content_type="application/json")

    assert told.status_code == 422
    assert told.json is not None
    assert told.json["field"] == field
