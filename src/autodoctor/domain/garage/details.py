"""What a customer tells about themselves beside name and phone: where they live, a photo."""

import re
from typing import Final

import attrs

from autodoctor.domain.shared.countries import COUNTRIES
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import CustomerId, FileId

STREET_LENGTH_MAX: Final = 120
CITY_LENGTH_MAX: Final = 80
PROVINCE_LENGTH_MAX: Final = 60
POSTAL_CODE_LENGTH_MAX: Final = 12

PROVINCES: Final = frozenset(
    ("AB", "BC", "MB", "NB", "NL", "NT", "NS", "NU", "ON", "PE", "QC", "SK", "YT")
)
_CANADIAN: Final = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[A-Z]) ?(\d[A-Z]\d)")
_AMERICAN: Final = re.compile(r"\d{5}(-\d{4})?")
_ELSEWHERE: Final = re.compile(r"[A-Z0-9][A-Z0-9 -]*")


@attrs.frozen(kw_only=True)
class Home:
    """Every part may be empty. In Canada `province` is the two letters of one."""

    street: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    country: str = ""


@attrs.frozen(kw_only=True)
class CustomerDetails:
    """Matching reads the city and the country of `home`, and nothing else of this."""

    id: CustomerId
    home: Home = Home()
    photo_id: FileId | None = None
    version: int = 0


def check_home(home: Home) -> Home:
    """As it is kept: trimmed, postal codes as the post writes them. InvalidField names the first
    part that is wrong; anything told needs its country."""
    country = home.country.strip().upper()
    if country not in COUNTRIES and (country or any(map(str.strip, attrs.astuple(home)))):
        raise InvalidField("country", "Choose a country.")
    return Home(
        street=_line("street", home.street, STREET_LENGTH_MAX),
        city=_line("city", home.city, CITY_LENGTH_MAX),
        province=_province(home.province, country),
        postal_code=_postal_code(home.postal_code, country),
        country=country,
    )


def _line(field: str, text: str, most: int) -> str:
    line = " ".join(text.split())
    if len(line) > most or not line.isprintable():
        raise InvalidField(field, f"One line of at most {most} characters.")
    return line


def _province(text: str, country: str) -> str:
    province = _line("province", text, PROVINCE_LENGTH_MAX)
    if country == "CA" and province.upper() not in PROVINCES | {""}:
        raise InvalidField("province", "Two letters, such as ON for Ontario.")
    return province.upper() if country == "CA" else province


def _postal_code(text: str, country: str) -> str:
    code = _line("postal_code", text, POSTAL_CODE_LENGTH_MAX).upper()
    if not code:
        return ""
    if country == "CA":
        found = _CANADIAN.fullmatch(code)
        if found is None:
            raise InvalidField("postal_code", "Six characters, such as M5V 2T6.")
        return f"{found[1]} {found[2]}"
    if country == "US" and not _AMERICAN.fullmatch(code):
        raise InvalidField("postal_code", "Five digits, such as 10001.")
    if not _ELSEWHERE.fullmatch(code):
        raise InvalidField("postal_code", "Letters, digits and spaces only.")
    return code
