"""Facebook, which vouches for no address, opens an account all the same: from its own words to
the code that was mailed."""

from urllib.parse import parse_qs, urlsplit

import pytest

from autodoctor.adapters.oauth.facebook import FacebookProvider, FacebookSettings
from autodoctor.adapters.oauth.providers import OAuthProviders
from autodoctor.application.accounts.claims import ask_code, give_code, held_claim
from autodoctor.application.accounts.providers import Back, Unvouched, come_back, leave_for
from autodoctor.domain.shared.actor import Role
from autodoctor.testing.ports import Town, memory_town
from integration.oauth.conftest import BACK
from support.claims import mailed_codes
from support.providers import Speaker

DANA = "dana@example.com"


@pytest.fixture
def town(speaker: Speaker) -> Town:
    settings = FacebookSettings(
        app_id="app", app_secret="secret", redirect_uri=BACK, site=speaker.url, graph=speaker.url
    )
    return memory_town(providers=OAuthProviders([FacebookProvider(settings)]))


def come(town: Town, speaker: Speaker, **person: str) -> Back | Unvouched:
    speaker.person = {"id": "42", "name": "Dana Whitfield"} | person
    leaving = leave_for(town.ports, "facebook", role=Role.CUSTOMER, following="/intake")
    asked = parse_qs(urlsplit(leaving.address).query)
    speaker.challenge = asked["code_challenge"][0]
    return come_back(
        town.ports, "facebook", state=leaving.state, code="x", present=None, address="", agent=""
    )


@pytest.mark.parametrize("said", [{"email": DANA}, {}], ids=["an address", "no address"])
def test_whoever_comes_shows_their_address_and_is_known_from_then_on(
    town: Town, speaker: Speaker, said: dict[str, str]
) -> None:
    came = come(town, speaker, **said)
    assert isinstance(came, Unvouched)
    assert held_claim(town.ports, state=came.state).claimed_email == said.get("email", "")
    assert town.kept.tables.accounts == {}

    ask_code(town.ports, state=came.state, email=DANA)
    (code,) = mailed_codes(town, DANA)
    opened = give_code(town.ports, state=came.state, code=code, address="", agent="").signed_in

    assert (opened.account.email.text, opened.account.name) == (DANA, "Dana Whitfield")
    again = come(town, speaker)
    assert isinstance(again, Back)
    assert again.signed_in is not None
    assert again.signed_in.account.id == opened.account.id
