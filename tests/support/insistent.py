"""A client that does not give up: what fails is asked again, as a person reloads a page."""

import time
from typing import Any

import httpx

from support.people import Person, as_person
from support.waiting import let_pass

PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.25


class Insistent:
    def __init__(self, base: str, who: Person) -> None:
        self._http = as_person(base, who)

    def get(self, path: str, **query: Any) -> Any:
        return self._insist("GET", path, params=query).json()

    def post(self, path: str, *, fine: tuple[int, ...] = (), **body: Any) -> Any:
        """`fine` are refusals that mean that an earlier try has worked."""
        answer = self._insist("POST", path, fine=fine, json=body)
        return answer.json() if answer.content else None

    def _insist(
        self, method: str, path: str, *, fine: tuple[int, ...] = (), **given: Any
    ) -> httpx.Response:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._http.request(method, path, **given)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code < 500:
                if answer.status_code < 400 or answer.status_code in fine:
                    return answer
                raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
            if time.monotonic() > deadline:
                raise AssertionError(f"{method} {path}: no answer in {PATIENCE_SECONDS} s")
            let_pass(PAUSE_SECONDS)

    def __enter__(self) -> "Insistent":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()
