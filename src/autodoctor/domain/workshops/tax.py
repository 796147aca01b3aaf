"""Canadian sales tax by province, from the day each rate took effect.

| tax | where | rate | from | source |
|---|---|---|---|---|
| GST | AB BC MB NT NU QC SK YT | 5 % | 2008-01-01 | Excise Tax Act, s. 165(1) |
| HST | ON | 13 % | 2010-07-01 | New Harmonized Value-added Tax System Regulations |
| HST | NB NL | 15 % | 2016-07-01 | the same, as amended in 2016 |
| HST | PE | 15 % | 2016-10-01 | the same, as amended in 2016 |
| HST | NS | 15 % | 2010-07-01 | Excise Tax Act, schedule VIII |
| HST | NS | 14 % | 2025-04-01 | SOR/2025-77, Canada Gazette II, vol. 159, no. 7 |
| QST | QC | 9.975 % | 2013-01-01 | Act respecting the Quebec sales tax |
| PST | BC | 7 % | 2013-04-01 | Provincial Sales Tax Act; Bulletin PST 118 |
| PST | SK | 6 % | 2017-03-23 | The Provincial Sales Tax Act; Bulletin PST-57 |
| RST | MB | 7 % | 2019-07-01 | The Retail Sales Tax Act |

Repair parts and the labour to fit them are both taxable. Each tax is on the subtotal, never
on another tax; which rate applies is decided by the day, in the workshop's own calendar.
A rate that changes gets a new line here; the old one stays for what was quoted before.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from autodoctor.domain.shared.errors import Invalid
from autodoctor.domain.shared.money import Money, half_up

WHOLE_THOUSANDTHS: Final = 100_000
"""100 % in thousandths of a percent: Quebec's 9.975 % needs them."""


class Province(StrEnum):
    """The ten provinces and three territories, by their postal codes."""

    AB = "AB"
    BC = "BC"
    MB = "MB"
    NB = "NB"
    NL = "NL"
    NS = "NS"
    NT = "NT"
    NU = "NU"
    ON = "ON"
    PE = "PE"
    QC = "QC"
    SK = "SK"
    YT = "YT"


class TaxKind(StrEnum):
    GST = "gst"
    HST = "hst"
    PST = "pst"
    QST = "qst"
    RST = "rst"


@attrs.frozen
class ProvinceUnknown(Invalid):
    """That is no province or territory of Canada."""

    code: str


@attrs.frozen
class TaxRateUnknown(Invalid):
    """The sales tax of that province on that day is not known here."""

    province: Province
    on: date


@attrs.frozen
class TaxRate:
    """A rate in thousandths of a percent (5 % is 5000), in force from a day on."""

    kind: TaxKind
    percent_thousandths: int
    since: date

    def of(self, subtotal: Money) -> "Tax":
        """The tax on a subtotal, rounded half up to the cent."""
        exact = Fraction(subtotal.minor * self.percent_thousandths, WHOLE_THOUSANDTHS)
        return Tax(self.kind, self.percent_thousandths, Money(half_up(exact), subtotal.currency))


@attrs.frozen
class Tax:
    """A tax as it stands on a quote: kind, rate in thousandths of a percent, amount."""

    kind: TaxKind
    percent_thousandths: int
    amount: Money


_GST = TaxRate(TaxKind.GST, 5_000, date(2008, 1, 1))
_HST_15 = TaxRate(TaxKind.HST, 15_000, date(2016, 7, 1))

RATES: Final[Mapping[Province, tuple[TaxRate, ...]]] = MappingProxyType(
    {
        Province.AB: (_GST,),
        Province.BC: (_GST, TaxRate(TaxKind.PST, 7_000, date(2013, 4, 1))),
        Province.MB: (_GST, TaxRate(TaxKind.RST, 7_000, date(2019, 7, 1))),
        Province.NB: (_HST_15,),
        Province.NL: (_HST_15,),
        Province.NS: (
            TaxRate(TaxKind.HST, 15_000, date(2010, 7, 1)),
            TaxRate(TaxKind.HST, 14_000, date(2025, 4, 1)),
        ),
        Province.NT: (_GST,),
        Province.NU: (_GST,),
        Province.ON: (TaxRate(TaxKind.HST, 13_000, date(2010, 7, 1)),),
        Province.PE: (TaxRate(TaxKind.HST, 15_000, date(2016, 10, 1)),),
        Province.QC: (_GST, TaxRate(TaxKind.QST, 9_975, date(2013, 1, 1))),
        Province.SK: (_GST, TaxRate(TaxKind.PST, 6_000, date(2017, 3, 23))),
        Province.YT: (_GST,),
    }
)
"""Every rate of a province, oldest first for each kind."""


def parse_province(code: str) -> Province:
    """`on`, ` ON ` → ON. Raises ProvinceUnknown."""
    try:
        return Province(code.strip().upper())
    except ValueError:
        raise ProvinceUnknown(code) from None


def rates_on(province: Province, on: date) -> tuple[TaxRate, ...]:
    """The rates in force that day, one for each tax of the province. Raises TaxRateUnknown."""
    in_force: dict[TaxKind, TaxRate] = {}
    for rate in RATES[province]:
        if rate.since <= on:
            in_force[rate.kind] = rate
    if in_force.keys() != {rate.kind for rate in RATES[province]}:
        raise TaxRateUnknown(province, on)
    return tuple(in_force.values())


def taxes_on(subtotal: Money, *, province: Province, on: date) -> tuple[Tax, ...]:
    """Each tax of the province on the subtotal, rounded by itself. Raises TaxRateUnknown."""
    return tuple(rate.of(subtotal) for rate in rates_on(province, on))
