"""What all stores have in common."""

from typing import Protocol, TypeVar

import attrs

from autodoctor.domain.shared.errors import Conflict, NotFound

T = TypeVar("T")
K_contra = TypeVar("K_contra", contravariant=True)


@attrs.frozen
class Missing(NotFound):
    """There is no such thing, or it is not yours to see."""

    kind: str


@attrs.frozen
class Stale(Conflict):
    """Somebody changed this at the same time; look again."""

    kind: str


class Store(Protocol[T, K_contra]):
    """Things kept under an id. What `get` returns is saved by handing its successor to `save`.

    `add` refuses an id that exists with Stale. `get` raises Missing; with `lock` nobody else
    changes the thing until the transaction ends. `save` takes a thing whose version is the
    stored one (else Stale) and returns it with the next version.
    """

    def add(self, thing: T, /) -> None: ...

    def get(self, key: K_contra, /, *, lock: bool = False) -> T: ...

    def save(self, thing: T, /) -> T: ...
