"""What a mechanic writes after the conversation reaches its customer, over HTTP."""

import re

import httpx
import pytest

from autodoctor.adapters.embedded.mail_catcher.mailbox import Mailbox
from autodoctor.domain.shared.actor import SYSTEM
from support.people import as_person
from support.running import Running
from support.talking import Room, let_minutes_pass, room
from support.waiting import until

pytestmark = pytest.mark.xdist_group("system")

REPORT = {"findings": "Worn pads.", "steps_taken": "Listened.", "next_steps": "Replace them."}


def send(client: httpx.Client, page: str, path: str, **fields: str) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert token is not None
    answer = client.post(path, data={"csrf_token": token[1], "parts_needed": "", **fields})
    assert answer.status_code == 303, answer.text


def talked(running: Running) -> Room:
    """They met and the mechanic ended it after five minutes."""
    here = room(running)
    for who in (here.customer, here.mechanic):
        with as_person(running.url, who) as client:
            client.post(f"/api/sessions/{here.session_id}/start").raise_for_status()
    let_minutes_pass(running, here.session_id, 4)
    with as_person(running.url, here.mechanic) as client:
        client.post(f"/api/sessions/{here.session_id}/end").raise_for_status()
    return here


def test_a_report_and_what_is_added_to_it_are_told_in_the_app_and_by_mail(running: Running) -> None:
    here = talked(running)
    own = f"/mechanic/session/{here.session_id}"
    page = f"{own}/complete"

    with as_person(running.url, here.mechanic) as mechanic:
        send(mechanic, page, page, **REPORT)
        send(mechanic, page, f"{own}/amend", text="The rear ones, too.")

    with running.here.ports.transactions(SYSTEM) as tx:
        address = tx.accounts.get(here.customer.id).email.text
    box = Mailbox(running.here.embedded.mailbox)

    def mailed() -> set[str]:
        return {mail.subject for mail in box.newest(most=1000) if mail.recipient == address}

    told = {"Morgan Wrench has written your report", "Morgan Wrench added to your report"}
    until("both mails", lambda: told <= mailed())
    with as_person(running.url, here.customer) as customer:
        shown = customer.get("/notifications").text
    assert all(title in shown for title in told)
