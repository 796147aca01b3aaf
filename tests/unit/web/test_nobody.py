import attrs

from autodoctor.entrypoints.web.pages.wording import mechanic_or_nobody
from support.seen import NOW, VIEW

WITHOUT = attrs.evolve(VIEW, mechanic_name=None)


def test_somebody_may_still_come_to_a_session_until_it_has_ended() -> None:
    assert mechanic_or_nobody(attrs.evolve(WITHOUT, ended_at=None)) == "Nobody yet"
    assert mechanic_or_nobody(attrs.evolve(WITHOUT, ended_at=NOW)) == "Nobody"
    assert mechanic_or_nobody(VIEW) == VIEW.mechanic_name
