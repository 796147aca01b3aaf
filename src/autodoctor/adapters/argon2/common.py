"""Passwords of ten characters and more that everybody tries first.

Shorter ones are refused by their length. Those of published lists, which `common.txt` names, and
what follows their patterns: words with years and digits, also of this trade and country.
"""

from importlib.resources import files
from itertools import product
from typing import Final

_WORDS: Final = (
    "password", "passw0rd", "welcome", "letmein", "qwerty", "qwertyuiop", "iloveyou", "monkey",
    "dragon", "football", "baseball", "superman", "princess", "sunshine", "starwars", "whatever",
    "trustno1", "administrator", "admin", "changeme", "secret", "mechanic", "autodoctor",
    "mustang", "corvette", "mercedes", "ferrari", "porsche", "michael", "jennifer", "liverpool",
    "canada", "toronto", "hockey", "summer", "winter", "spring", "autumn", "computer", "internet",
)  # fmt: skip
_ENDS: Final = (
    "", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "!",
    "1!", "123!", "@123", "000", "111", "007", "69", "99",
    *(str(year) for year in range(1980, 2031)),
)  # fmt: skip
_ROWS: Final = (
    "1234567890", "0123456789", "12345678910", "123456789a", "a123456789", "0987654321",
    "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "qazwsxedcr", "zxcvbnm123", "asdfghjkl1",
    "asdfghjkl;", "q1w2e3r4t5", "qwertyuiop1", "qwerty12345", "abcdefghij", "abcd123456",
    "abc1234567", "1122334455", "1111111111", "0000000000", "aaaaaaaaaa", "iloveyou12",
    "passwordpassword", "password12", "letmeinnow", "correcthorse", "correcthorsebatterystaple",
)  # fmt: skip


def _published() -> tuple[str, ...]:
    lines = files(__package__).joinpath("common.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


COMMON: Final = frozenset(
    candidate
    for candidate in (
        *_published(),
        *(word + end for word, end in product(_WORDS, _ENDS)),
        *_ROWS,
    )
    if len(candidate) >= 10
)
