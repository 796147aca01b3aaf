"""Makes of passenger vehicles sold new in Canada or the United States since 1980.

Chosen by hand: NHTSA's own list, which the decoder carries, has some 400 makes, most of them
coach builders, fire engines and one-offs that nobody would look for.
"""

from typing import Final

MAKES: Final = tuple(
    sorted(
        (
            "Acura", "Alfa Romeo", "AMC", "Aston Martin", "Audi", "Bentley", "BMW", "BrightDrop",
            "Bugatti", "Buick", "Cadillac", "Chevrolet", "Chrysler", "Daewoo", "Daihatsu",
            "Datsun", "DeLorean", "Dodge", "Eagle", "Ferrari", "Fiat", "Fisker", "Ford",
            "Freightliner", "Genesis", "Geo", "GMC", "Honda", "Hummer", "Hyundai", "Ineos",
            "Infiniti", "Isuzu", "Jaguar", "Jeep", "Karma", "Kia", "Koenigsegg", "Lada",
            "Lamborghini", "Land Rover", "Lexus", "Lincoln", "Lotus", "Lucid", "Maserati",
            "Maybach", "Mazda", "McLaren", "Mercedes-Benz", "Mercury", "Merkur", "MG", "Mini",
            "Mitsubishi", "Morgan", "Nissan", "Oldsmobile", "Pagani", "Panoz", "Peugeot",
            "Plymouth", "Polestar", "Pontiac", "Porsche", "Ram", "Renault", "Rivian",
            "Rolls-Royce", "Saab", "Saturn", "Scion", "Scout", "Shelby", "Smart", "Sterling",
            "Subaru", "Suzuki", "Tesla", "Toyota", "Triumph", "VinFast", "Volkswagen", "Volvo",
            "Yugo",
        ),
        key=str.casefold,
    )
)  # fmt: skip
_KNOWN: Final = {make.casefold(): make for make in MAKES} | {"american motors": "AMC"}


def written(make: str) -> str:
    """As people write it: the decoder has capitals only."""
    return _KNOWN.get(make.strip().casefold(), make.strip().title())
