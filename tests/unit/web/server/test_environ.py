from io import BytesIO
from types import SimpleNamespace
from typing import Any

from autodoctor.entrypoints.web.server.bodies import Body
from autodoctor.entrypoints.web.server.environ import environ_of


class Headers(list[tuple[str, str]]):
    def get(self, name: str, otherwise: Any = None) -> Any:
        return next((value for key, value in self if key == name), otherwise)

    def items(self) -> "Headers":
        return self


def scope(*headers: tuple[str, str], **given: str) -> Any:
    found = {
        "method": "POST",
        "path": "/é",
        "query_string": "a=%20",
        "server": "127.0.0.1:8000",
        "client": "203.0.113.7:5000",
        "http_version": "1.1",
        "scheme": "http",
        "authority": None,
    }
    return SimpleNamespace(headers=Headers(headers), **found | given)


def test_a_request_is_told_as_the_standard_has_it() -> None:
    body = Body(content=BytesIO(b"abc"), length=3)
    environ = environ_of(scope(("host", "here"), ("content-type", "text/plain")), body)

    assert environ["REQUEST_METHOD"] == "POST"
    assert environ["PATH_INFO"] == "/\xc3\xa9"
    assert environ["QUERY_STRING"] == "a=%20"
    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("3", "text/plain")
    assert (environ["HTTP_HOST"], environ["REMOTE_ADDR"]) == ("here", "203.0.113.7")
    assert environ["wsgi.input"].read() == b"abc"


def test_headers_that_come_twice_are_one_list() -> None:
    given = (("accept", "a"), ("accept", "b"), ("cookie", "c=1"), ("cookie", "d=2"))
    environ = environ_of(scope(*given), Body(announced=False))

    assert (environ["HTTP_ACCEPT"], environ["HTTP_COOKIE"]) == ("a, b", "c=1; d=2")
    assert environ["CONTENT_LENGTH"] == ""


def test_no_header_passes_for_another() -> None:
    environ = environ_of(scope(("x_forwarded_for", "1.2.3.4")), Body(announced=False))

    assert "HTTP_X_FORWARDED_FOR" not in environ


def test_an_ipv6_client_is_told_without_brackets() -> None:
    environ = environ_of(scope(client="[2001:db8::1]:5000"), Body(announced=False))

    assert environ["REMOTE_ADDR"] == "2001:db8::1"
