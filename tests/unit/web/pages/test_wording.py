import attrs
import pytest

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.wording import mechanic_or_nobody, sentence, words
from support.seen import NOW, VIEW

ROLES = tuple(Role)
JARGON = (SessionStatus.PENDING, SessionStatus.WAITING, SessionStatus.RECONNECTING)
PEOPLE = tuple(role for role in Role if role is not Role.SYSTEM)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", SessionStatus)
def test_every_state_has_a_sentence_of_its_own_for_each_role(
    status: SessionStatus, role: Role
) -> None:
    told = sentence(status, role, other="Maya")

    others = [sentence(each, role, other="Maya") for each in SessionStatus if each is not status]
    assert told not in others
    assert told.endswith(".")
    assert "{" not in told


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", JARGON)
def test_our_own_names_for_states_are_not_shown(status: SessionStatus, role: Role) -> None:
    told = words(status, role)

    assert status not in told.label.lower()
    assert status not in told.sentence.lower()


def test_somebody_without_a_name_yet_is_told_by_role() -> None:
    assert sentence(SessionStatus.LIVE, Role.CUSTOMER) == "You are talking with your mechanic."
    assert sentence(SessionStatus.ESCALATED, Role.CUSTOMER).startswith("Your mechanic has passed")


@pytest.mark.parametrize("status", SessionStatus)
def test_no_two_roles_read_the_same_story(status: SessionStatus) -> None:
    """Single states may read alike; of two roles never all of them."""
    told = {role: words(status, role).label for role in PEOPLE}

    assert all(label and label != status for label in told.values())
    for role in PEOPLE:
        alike = [
            other
            for other in PEOPLE
            if other is not role
            and all(sentence(s, role) == sentence(s, other) for s in SessionStatus)
        ]
        assert alike == []


def test_somebody_may_still_come_to_a_session_until_it_has_ended() -> None:
    without = attrs.evolve(VIEW, mechanic_name=None)

    assert mechanic_or_nobody(attrs.evolve(without, ended_at=None)) == "Nobody yet"
    assert mechanic_or_nobody(attrs.evolve(without, ended_at=NOW)) == "Nobody"
    assert mechanic_or_nobody(VIEW) == VIEW.mechanic_name
