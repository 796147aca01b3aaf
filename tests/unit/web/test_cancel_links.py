"""Cancelling before the start needs no step into the room."""

from typing import Final

import pytest

from autodoctor.domain.sessions.states import SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.viewer import banner
from autodoctor.testing.stories import brought_to

BEFORE_THE_START: Final = (SessionStatus.WAITING, SessionStatus.MATCHED)
STARTED: Final = (SessionStatus.LIVE, SessionStatus.RECONNECTING)


@pytest.mark.parametrize("status", BEFORE_THE_START)
def test_the_banner_of_every_page_leads_a_customer_to_the_terms(status: SessionStatus) -> None:
    session = brought_to(status).session

    assert banner(session, Role.CUSTOMER).cancel_url == f"/session/{session.id}/cancel"


@pytest.mark.parametrize("status", STARTED)
def test_what_has_started_is_ended_in_the_room(status: SessionStatus) -> None:
    assert banner(brought_to(status).session, Role.CUSTOMER).cancel_url == ""


def test_mechanics_give_it_back_in_the_room() -> None:
    assert banner(brought_to(SessionStatus.MATCHED).session, Role.MECHANIC).cancel_url == ""
