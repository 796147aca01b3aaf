from typing import Any

import pytest

from autodoctor.entrypoints.web.api.all import ENDPOINTS
from autodoctor.entrypoints.web.pages.api_docs import EndpointView, kind_words, tag_views

TAGS = tag_views(ENDPOINTS)
BY_PLACE = {(each.method, each.path): each for tag in TAGS for each in tag.endpoints}


def test_every_endpoint_is_told_once() -> None:
    told = [each.id for tag in TAGS for each in tag.endpoints]

    assert len(told) == len(set(told)) == len(ENDPOINTS)


@pytest.mark.parametrize("each", BY_PLACE.values(), ids=lambda each: f"{each.method} {each.path}")
def test_every_endpoint_says_what_it_does_and_for_whom(each: EndpointView) -> None:
    assert each.summary
    assert each.who


def test_an_endpoint_tells_its_fields_and_refusals() -> None:
    rate = BY_PLACE["POST", "/api/customer/sessions/{session_id}/rate"]

    fields = [(field.name, field.kind, field.note) for field in rate.body]
    assert fields == [
        ("stars", "integer", "required"),
        ("review", "string", "may be left out"),
    ]
    assert "/problems/already-rated" in [refusal.url for refusal in rate.refusals]
    assert "409 You have rated this session." in [refusal.label for refusal in rate.refusals]


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"$ref": "#/$defs/Money"}, "Money"),
        ({"type": "string", "format": "uuid"}, "string, uuid"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string or null"),
        ({"type": "array", "items": {"type": "integer"}}, "list of integer"),
        ({"enum": ["a", "b"]}, "one of a, b"),
        ({}, "anything"),
    ],
)
def test_a_schema_is_told_in_a_few_words(schema: dict[str, Any], told: str) -> None:
    assert kind_words(schema) == told
