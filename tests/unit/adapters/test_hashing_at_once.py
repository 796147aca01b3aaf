"""However many log in at once, only so many passwords are hashed."""

import threading
from collections import Counter

import attrs
from argon2 import PasswordHasher

from autodoctor.adapters.argon2.passwords import AT_ONCE, WAITING, Argon2Passwords
from autodoctor.ports.accounts import PasswordsBusy
from support.contest import at_once

CLIENTS = 24


@attrs.define
class Watched(PasswordHasher):
    """Argon2 at its cheapest, in which everybody stays until more have come than are expected, or
    all others are `refused` or wait."""

    expected: int
    refused_most: int = 0
    inside: int = 0
    most: int = 0
    refused: int = 0
    lock: threading.Condition = attrs.field(factory=threading.Condition)

    def __attrs_pre_init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.lock.notify_all()
            assert self.lock.wait_for(self.are_all_here, timeout=60)
        try:
            return super().hash(password, salt=salt)
        finally:
            with self.lock:
                self.inside -= 1

    def are_all_here(self) -> bool:
        return self.most > self.expected or self.refused >= self.refused_most

    def refuse(self) -> None:
        with self.lock:
            self.refused += 1
            self.lock.notify_all()


def all_hash(passwords: Argon2Passwords, hasher: Watched) -> Counter[str]:
    def one() -> str:
        try:
            passwords.hash("a fine old password")
        except PasswordsBusy:
            hasher.refuse()
            return "busy"
        return "hashed"

    return Counter(at_once([one] * CLIENTS))


def test_no_more_are_hashed_at_once_and_some_wait() -> None:
    hasher = Watched(expected=AT_ONCE, refused_most=CLIENTS - AT_ONCE - WAITING)

    told = all_hash(Argon2Passwords(hasher), hasher)

    assert hasher.most == AT_ONCE
    assert told["hashed"] >= AT_ONCE + WAITING
    assert told["hashed"] + told["busy"] == CLIENTS


def test_without_the_bound_all_are() -> None:
    """The control."""
    hasher = Watched(expected=CLIENTS - 1, refused_most=1)

    told = all_hash(Argon2Passwords(hasher, at_once=CLIENTS), hasher)

    assert (hasher.most, told) == (CLIENTS, Counter(hashed=CLIENTS))


def test_a_turn_is_given_back() -> None:
    passwords = Argon2Passwords(Watched(expected=0), at_once=1, waiting=0)

    for _ in range(3):
        assert passwords.matches(passwords.hash("a fine old password"), "a fine old password")
        assert not passwords.matches("rubbish", "a fine old password")
