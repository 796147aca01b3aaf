import pytest

from autodoctor.domain.sessions.states import JOINABLE, SessionStatus
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.pages.session_places import place_of
from support.seen import ID

ROLES = (Role.CUSTOMER, Role.MECHANIC, Role.ADMIN)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", SessionStatus)
def test_a_session_never_leads_in_a_circle(status: SessionStatus, role: Role) -> None:
    assert place_of(ID, status, role, started=False) != f"/session/{ID}"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", sorted(JOINABLE))
def test_a_room_is_the_same_for_everybody(status: SessionStatus, role: Role) -> None:
    assert place_of(ID, status, role, started=False) == f"/chat/{ID}"


def test_a_customer_waits_here_and_looks_back_there() -> None:
    assert place_of(ID, SessionStatus.WAITING, Role.CUSTOMER, started=False) == ""
    assert (
        place_of(ID, SessionStatus.EXPIRED, Role.CUSTOMER, started=False)
        == f"/customer/sessions/{ID}"
    )


def test_a_mechanic_goes_on_to_the_report_of_what_took_place() -> None:
    report = f"/mechanic/session/{ID}/complete"

    assert place_of(ID, SessionStatus.COMPLETED, Role.MECHANIC, started=False) == report
    assert (
        place_of(ID, SessionStatus.CANCELLED, Role.MECHANIC, started=False) == "/mechanic/sessions"
    )


@pytest.mark.parametrize("status", [SessionStatus.CANCELLED, SessionStatus.REFUNDED])
def test_a_mechanic_reads_what_became_of_a_session_that_began(status: SessionStatus) -> None:
    told = f"/mechanic/session/{ID}/complete"

    assert place_of(ID, status, Role.MECHANIC, started=True) == told
    assert place_of(ID, status, Role.MECHANIC, started=False) == "/mechanic/sessions"
