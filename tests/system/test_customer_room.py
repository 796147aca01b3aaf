"""What customers keep, over HTTP: home, photo, favourites, payments, what they are told."""

import re
from collections.abc import Iterator

import httpx
import pytest

from autodoctor.domain.accounts.consent import REQUIRED, give
from autodoctor.domain.shared.actor import SYSTEM
from autodoctor.ports.copies import Section
from support.applicants import SCAN
from support.people import as_person, customer
from support.running import Running
from support.scene import Scene, clients_of, live_scene

pytestmark = pytest.mark.xdist_group("system")
PERSON = {"full_name": "Casey Driver", "phone": "", "time_zone": "UTC", "language": "en"}


@pytest.fixture(scope="module")
def scene(running: Running) -> Scene:
    return live_scene(running)


@pytest.fixture(scope="module")
def clients(running: Running, scene: Scene) -> Iterator[dict[str, httpx.Client]]:
    with clients_of(running, scene) as clients:
        yield clients


def sent(client: httpx.Client, path: str, *, at: str = "", **given: object) -> httpx.Response:
    """A form of the page `at`, sent to `path`."""
    page = client.get(at or path)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None, page.text[:400]
    fields = {"csrf_token": token[1], **given.pop("data", {})}  # type: ignore[dict-item]
    return client.post(path, data=fields, **given)  # type: ignore[arg-type]


def photo_url(page: str) -> str:
    found = re.search(r'<img src="(/files/[^"]+)"', page)
    assert found is not None, "there is a photo"
    return found[1]


def test_a_home_is_kept_and_a_wrong_one_is_told(running: Running) -> None:
    with as_person(running.url, customer(running.here.ports)) as casey:
        home = {"city": "Toronto", "province": "on", "postal_code": "m5v2t6", "country": "CA"}
        refused = sent(casey, "/customer/profile", data=PERSON | home | {"postal_code": "1"})
        kept = sent(casey, "/customer/profile", data=PERSON | home)
        told = casey.get("/api/customer/profile").json()

    assert refused.status_code == 422
    assert "Six characters, such as M5V 2T6." in refused.text
    assert kept.status_code == 303
    assert (told["home"]["province"], told["home"]["postal_code"]) == ("ON", "M5V 2T6")


def test_a_photo_is_shown_to_its_owner_and_to_the_mechanic_by_a_link_of_their_own(
    scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    casey, morgan = clients["customer"], clients["mechanic"]
    saved = sent(
        casey,
        "/customer/profile/photo",
        at="/customer/profile",
        files={"photo": ("me.png", SCAN, "image/png")},
    )

    own = casey.get("/customer/profile").text
    room = morgan.get(f"/chat/{scene.session_id}").text

    assert saved.status_code == 303
    for who, page in ((casey, own), (morgan, room)):
        shown = who.get(photo_url(page))
        assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
        assert shown.headers["Cache-Control"] == "private, no-store"
        for other in ("visitor", "other customer", "admin"):
            assert clients[other].get(photo_url(page)).status_code == 404
    assert casey.get(photo_url(room)).status_code == 404, "it was made for the mechanic's login"
    assert "/files/" not in clients["other customer"].get("/customer/profile").text


def test_what_is_no_picture_is_refused_on_the_page(clients: dict[str, httpx.Client]) -> None:
    for name, content, kind in (
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.png", b"<html>", "image/png"),
    ):
        refused = sent(
            clients["other customer"],
            "/customer/profile/photo",
            at="/customer/profile",
            files={"photo": (name, content, kind)},
        )
        assert refused.status_code == 422


def test_a_favourite_is_added_from_a_profile_booked_with_and_removed(
    scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    dana, profile = clients["other customer"], f"/mechanics/{scene.people['other mechanic'].id}"
    liked = {"mechanic_id": str(scene.people["other mechanic"].id)}

    added = sent(dana, "/customer/favorites", at=profile, data=liked)
    again = sent(dana, "/customer/favorites", at=profile, data=liked)
    page = dana.get("/customer/favorites").text
    (place,) = re.findall(r"(/customer/favorites/[0-9a-f-]{36})/book", page)
    plans = dana.get(f"{place}/book", follow_redirects=True).text
    plan = re.search(r'href="(/intake\?plan=quick-chat[^"]*)"', plans)
    assert plan is not None
    vehicle = dana.get(plan[1].replace("&amp;", "&"), follow_redirects=True)
    draft = str(vehicle.url).split("draft=")[1]
    chosen = dana.get(f"/intake/mechanic?draft={draft}").text
    removed = sent(dana, f"{place}/remove", at="/customer/favorites")

    assert (added.status_code, again.status_code, removed.status_code) == (303, 303, 303)
    assert re.search(rf'value="mechanic:{liked["mechanic_id"]}" [^>]*checked', chosen)
    assert "Add to favourites" in dana.get(profile).text


def test_a_payment_is_one_figure_on_every_page(
    scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    casey = clients["customer"]
    spent = casey.get("/api/customer/dashboard/stats").json()["spent"]
    staff = clients["admin"].get(f"/api/admin/users/{scene.people['customer'].id}").json()

    shown = f"${spent['minor'] / 100:.2f}"

    assert staff["spent"] == spent
    assert shown in casey.get("/customer/payments").text
    assert shown in casey.get("/customer/dashboard").text


def test_what_is_switched_off_stays_off_and_what_is_not_offered_does_not_move(
    clients: dict[str, httpx.Client],
) -> None:
    casey, path = clients["customer"], "/account/notifications"

    saved = sent(casey, path, data={"session_ended-in_app": "true", "payment_failed-email": ""})
    page = casey.get(path).text

    on = set(re.findall(r'name="([a-z_]+-[a-z_]+)"[^>]*checked', page))
    assert saved.status_code == 303
    assert on == {"session_ended-in_app"}
    assert "payment_failed" not in page


NEWS_ROW = re.compile(r"<tr.*?news and offers.*?</tr>", re.DOTALL)
"""When it was given, and when it was withdrawn."""


def test_news_are_asked_for_and_turned_off_again(clients: dict[str, httpx.Client]) -> None:
    casey, path = clients["customer"], "/account/notifications"
    on = re.compile(r'name="news"[^>]*checked')

    sent(casey, path, data={"news": "true"})
    asked, agreed = casey.get(path).text, casey.get("/account/consents").text
    sent(casey, path, data={})
    off, withdrawn = casey.get(path).text, casey.get("/account/consents").text

    assert on.search(asked)
    assert "news and offers" in agreed
    assert not on.search(off)
    assert NEWS_ROW.findall(agreed)[-1].count(".m.") == 1
    assert NEWS_ROW.findall(withdrawn)[-1].count(".m.") == 2


def test_consents_have_a_version_and_a_time_and_the_copy_holds_every_section(
    running: Running, scene: Scene, clients: dict[str, httpx.Client]
) -> None:
    given = give(
        account_id=scene.people["customer"].id,
        kinds=frozenset(REQUIRED),
        at=running.here.ports.now(),
    )
    with running.here.transactions(SYSTEM) as tx:
        tx.consents.add(given)

    page = clients["customer"].get("/account/consents").text
    told = clients["customer"].get("/account/copy")

    for words in ("To the terms of service", "2026-01", "That you are 18 or older"):
        assert words in page
    assert "attachment" in told.headers["Content-Disposition"]
    assert set(told.json()) == {"made_at", "account", *(each.name.lower() for each in Section)}
    assert clients["mechanic"].get("/account/copy").json()["account"]["roles"] == ["mechanic"]
