"""Reading what nobody read.

A request that is answered before its body was read (a refusal, an endpoint that takes none) makes
the server close the connection, and the next request on it is lost. So a short rest is read;
whoever announces a long one loses the connection.
"""

from typing import Final

from flask import Flask, Response, request

REST_BYTES_MAX: Final = 65_536


def install(app: Flask) -> None:
    app.after_request(_read_rest)


def _read_rest(answer: Response) -> Response:
    if 0 < (request.content_length or 0) <= REST_BYTES_MAX:
        request.environ["wsgi.input"].read(REST_BYTES_MAX)
    return answer
