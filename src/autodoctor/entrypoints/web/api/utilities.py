"""Small helpers of a booking: keywords, brands, VINs, mechanics that fit."""

from typing import Annotated

import attrs
from msgspec import Meta
from msgspec.structs import asdict

from autodoctor.application.access.booking import OFFER
from autodoctor.application.access.operations import LOOK
from autodoctor.application.matching.find import find_mechanics
from autodoctor.domain.booking.vehicle import check_vin
from autodoctor.domain.matching.keywords import BY_SLUG, KEYWORDS, extract
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.entrypoints.web.api.declare import Body, Endpoints
from autodoctor.entrypoints.web.api.matching_views import MechanicAnswer, ReasonAnswer
from autodoctor.entrypoints.web.call import Call
from autodoctor.ports.vin import DecodedVin

utilities = Endpoints("Utilities")


@attrs.frozen
class KeywordAnswer:
    slug: str
    label: str
    category: str


@attrs.frozen
class KeywordsAnswer:
    keywords: tuple[KeywordAnswer, ...]


@utilities.route("GET", "/api/service-keywords", action=LOOK, answer=KeywordsAnswer)
def service_keywords(_call: Call) -> KeywordsAnswer:
    """The service keywords, with their categories."""
    return KeywordsAnswer(tuple(KeywordAnswer(k.slug, k.label, k.category) for k in KEYWORDS))


class ExtractBody(Body):
    text: Annotated[str, Meta(max_length=5000)]


@utilities.route(
    "POST",
    "/api/keywords/extract",
    action=LOOK,
    body=ExtractBody,
    answer=KeywordsAnswer,
    refusals=(InvalidField,),
)
def extract_keywords(_call: Call, *, body: ExtractBody) -> KeywordsAnswer:
    """The keywords found in what somebody wrote, on word boundaries."""
    found = [BY_SLUG[slug] for slug in extract(body.text)]
    return KeywordsAnswer(tuple(KeywordAnswer(k.slug, k.label, k.category) for k in found))


@attrs.frozen
class BrandsAnswer:
    brands: tuple[str, ...]


@utilities.route("GET", "/api/brands", action=OFFER, answer=BrandsAnswer)
def brands(call: Call) -> BrandsAnswer:
    """Makes of passenger vehicles, in alphabetical order."""
    return BrandsAnswer(call.ports.vins.makes())


class VinBody(Body):
    vin: str


@utilities.route(
    "POST",
    "/api/vin/decode",
    action=LOOK,
    body=VinBody,
    answer=DecodedVin,
    refusals=(InvalidField,),
)
def decode_vin(call: Call, *, body: VinBody) -> DecodedVin:
    """What a vehicle identification number says; its check digit is looked at first."""
    return call.ports.vins.decode(check_vin(body.vin))


class FindBody(Body):
    concern: Annotated[str, Meta(max_length=5000)] = ""
    keywords: tuple[str, ...] = ()
    brand: str | None = None
    country: Annotated[str, Meta(max_length=60)] = ""
    city: Annotated[str, Meta(max_length=100)] = ""
    limit: Annotated[int, Meta(ge=1, le=50)] = 10


@attrs.frozen
class FoundAnswer:
    mechanics: tuple[MechanicAnswer, ...]


@utilities.route(
    "POST",
    "/api/matching/find-mechanics",
    action=OFFER,
    body=FindBody,
    answer=FoundAnswer,
    refusals=(InvalidField,),
)
def find(call: Call, *, body: FindBody) -> FoundAnswer:
    """Mechanics who are online, best match first, each with why."""
    wanted = asdict(body)
    most = wanted.pop("limit")
    found = find_mechanics(call.ports, **wanted, most=most)
    return FoundAnswer(
        tuple(
            attrs.evolve(
                MechanicAnswer.of(mechanic),
                score=score.points,
                reasons=tuple(
                    ReasonAnswer(factor=r.factor, points=r.points, detail=r.detail)
                    for r in score.reasons
                ),
            )
            for mechanic, score in found
        )
    )
