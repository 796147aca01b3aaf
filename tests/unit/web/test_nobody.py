import attrs

from autodoctor.entrypoints.web.pages.wording import nobody
from support.seen import NOW, VIEW


def test_somebody_may_still_come_to_a_session_until_it_has_ended() -> None:
    assert nobody(attrs.evolve(VIEW, ended_at=None)) == "Nobody yet"
    assert nobody(attrs.evolve(VIEW, ended_at=NOW)) == "Nobody"
