"""The people of the demo: one or more of each role, all with one password."""

from typing import Final
from uuid import UUID

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.domain.shared.ids import AccountId, WorkshopId

PASSWORD: Final = "demo-drive-2026"
WORKSHOP: Final = WorkshopId(UUID("5a0b7d8e-0000-4000-8000-000000000001"))


@attrs.frozen(kw_only=True)
class DemoPerson:
    """`login` is the page to log in on. Mechanics bring what matching looks at."""

    id: AccountId
    title: str
    name: str
    email: str
    role: Role
    login: str
    in_workshop: bool = False
    keywords: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    specializations: tuple[str, ...] = ()
    years: int = 0
    red_seal: bool = False
    city: str = "Toronto"
    bio: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ("en",)


def _id(number: int) -> AccountId:
    return AccountId(UUID(f"5a0b7d8e-0000-4000-8000-{number:012d}"))


EMPLOYEES: Final = tuple(
    DemoPerson(
        id=_id(number),
        title=title,
        name=name,
        email=f"{name.split()[0].lower()}@demo.autodoctor.example",
        role=Role.CUSTOMER,
        login="/login",
    )
    for number, title, name in (
        (61, "Employee (courier)", "Theo Banks"),
        (62, "Employee (courier)", "Amira Haddad"),
        (63, "Employee (field)", "Joel Nguyen"),
    )
)
"""Customers whom the company employs."""

PEOPLE: Final = (
    DemoPerson(
        id=_id(11),
        title="Customer",
        name="Dana Whitfield",
        email="customer@demo.autodoctor.example",
        role=Role.CUSTOMER,
        login="/login",
    ),
    DemoPerson(
        id=_id(21),
        title="Mechanic (independent)",
        name="Maya Okafor",
        email="mechanic@demo.autodoctor.example",
        role=Role.MECHANIC,
        login="/mechanic/login",
        keywords=frozenset({"brakes", "brake-noise", "check-engine", "suspension", "abs"}),
        brands=frozenset({"Honda", "Toyota", "Mazda"}),
        specializations=("Brakes", "Engine diagnostics"),
        years=14,
        red_seal=True,
        phone="+1 416 555 0121",
        bio="Fourteen years with Japanese cars, Red Seal, and patience on the phone.",
    ),
    DemoPerson(
        id=_id(22),
        title="Mechanic (workshop)",
        name="Luc Tremblay",
        email="luc@demo.autodoctor.example",
        role=Role.MECHANIC,
        login="/mechanic/login",
        in_workshop=True,
        keywords=frozenset({"transmission", "clutch", "drivetrain", "electrical"}),
        brands=frozenset({"Volkswagen", "Audi"}),
        specializations=("Transmissions",),
        years=8,
        phone="+1 416 555 0122",
        languages=("en", "fr"),
        bio="Gearboxes, clutches, and everything between engine and wheel.",
    ),
    DemoPerson(
        id=_id(23),
        title="Mechanic (workshop)",
        name="Priya Nair",
        email="priya@demo.autodoctor.example",
        role=Role.MECHANIC,
        login="/mechanic/login",
        in_workshop=True,
        keywords=frozenset({"hybrid-ev", "battery", "electrical", "check-engine"}),
        brands=frozenset({"Tesla", "Hyundai", "Toyota"}),
        specializations=("Hybrid and electric",),
        years=6,
        red_seal=True,
        phone="+1 416 555 0123",
        languages=("en", "hi"),
        bio="Hybrids and electrics, and the electrical gremlins of everything else.",
    ),
    DemoPerson(
        id=_id(41),
        title="Workshop (owner)",
        name="Queenie Ross",
        email="workshop@demo.autodoctor.example",
        role=Role.WORKSHOP,
        login="/workshop/login",
        in_workshop=True,
    ),
    DemoPerson(
        id=_id(51),
        title="Company (owner)",
        name="Frances Boyd",
        email="company@demo.autodoctor.example",
        role=Role.CORPORATE,
        login="/corporate/login",
    ),
    DemoPerson(
        id=_id(31),
        title="Admin",
        name="Alex Park",
        email="admin@demo.autodoctor.example",
        role=Role.ADMIN,
        login="/admin/login",
    ),
    *EMPLOYEES,
)
