"""The story of a paid consultation, played over HTTP by two people and a payment page."""

import re
import threading
import time
from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

import attrs
import httpx

from autodoctor.entrypoints.demo.people import PASSWORD, PEOPLE

PATIENCE_SECONDS: Final = 30.0
TALK_SECONDS: Final = 62.0
"""A little over the shortest consultation that counts."""

Say = Callable[[str], None]


class StoryBroken(RuntimeError):
    """A step did not end as it should."""


@attrs.frozen
class Person:
    """A browser's worth of state: cookies and one open stream."""

    name: str
    http: httpx.Client

    def post(self, path: str, **body: Any) -> Any:
        return self._json(self.http.post(path, json=body))

    def get(self, path: str, **query: Any) -> Any:
        return self._json(self.http.get(path, params=query))

    def _json(self, answer: httpx.Response) -> Any:
        if answer.status_code >= 400:
            raise StoryBroken(f"{self.name}: {answer.request.url}: {answer.text}")
        return answer.json() if answer.content else None


@attrs.frozen
class Outcome:
    session_id: str
    status: dict[str, Any]
    timeline: list[dict[str, Any]]
    earnings: dict[str, Any]
    transfers: list[dict[str, Any]]


@attrs.define
class Story:
    """`moved` moves the development clock, where there is one, so that a minute is short."""

    url: str
    sandbox_url: str
    say: Say
    plan: str = "quick-chat"

    def play(self) -> Outcome:
        email = f"driver-{uuid4().hex[:8]}@demo.autodoctor.example"
        customer, mechanic, admin = (self._person(n) for n in ("Customer", "Mechanic", "Admin"))
        self._sign_up(customer, email)
        intake = self._book(customer)
        session_id = self._pay(customer, intake)
        self._clock_in(mechanic)
        self._accept(mechanic, session_id)
        self._talk(customer, mechanic, session_id)
        self._finish(customer, mechanic, session_id)
        return self._outcome(customer, mechanic, admin, session_id)

    def _person(self, name: str) -> Person:
        return Person(name, httpx.Client(base_url=self.url, timeout=15, follow_redirects=False))

    def _sign_up(self, customer: Person, email: str) -> None:
        agreed = dict.fromkeys(("adult", "terms", "privacy", "marketplace"), True)
        password = f"{PASSWORD}-driver"
        form = {"email": email, "password": password, "full_name": "Robin Keller", **agreed}
        customer.post("/api/customer/signup", **form)
        self.say("Customer signs up and gets a mail")
        token = self._until("the verification mail", lambda: self._token(email))
        self._verify(customer, token)
        customer.post("/api/customer/login", email=email, password=password)
        self.say("Customer confirms the address and logs in")

    def _token(self, email: str) -> str | None:
        answer = httpx.get(f"{self.url}/dev/mailbox.json", params={"to": email}, timeout=5)
        found = re.search(r"/verify\?token=([\w-]+)", answer.text)
        return found[1] if found else None

    def _verify(self, customer: Person, token: str) -> None:
        page = customer.http.get("/verify", params={"token": token})
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        if csrf is None:
            raise StoryBroken(f"The confirmation page has no form: {page.status_code}")
        answer = customer.http.post("/verify", data={"token": token, "csrf_token": csrf[1]})
        if answer.status_code >= 400:
            raise StoryBroken(f"The address was not confirmed: {answer.status_code}")

    def _book(self, customer: Person) -> str:
        vin = customer.post("/api/vin/decode", vin="1HGCM82633A004352")
        vehicle = {name: vin[name] for name in ("year", "make", "model", "vin")}
        concern = "Grinding brakes when I slow down, worse in the morning, front left I think."
        started = customer.post(
            "/api/intake/start",
            plan=self.plan,
            concern=concern,
            category="brakes",
            vehicle=vehicle,
            city="Toronto",
            country="CA",
        )
        intake = str(started["intake_id"])
        customer.post("/api/waiver/submit", intake_id=intake, full_name="Robin Keller", adult=True)
        title = f"{vehicle['year']} {vehicle['make']} {vehicle['model']}"
        self.say(f"Customer books {self.plan} for a {title} and signs the waiver")
        return intake

    def _pay(self, customer: Person, intake: str) -> str:
        page = customer.post("/api/checkout/create-session", intake_id=intake)
        if page["session_id"]:
            return str(page["session_id"])
        provider_id = page["url"].rstrip("/").split("/")[-1]
        self._sandbox("pay", checkout=provider_id)
        self.say("Customer pays on Stripe's page")

        def resolved() -> str | None:
            answer = customer.get("/api/sessions/resolve-by-stripe", session_id=provider_id)
            session_id: str | None = answer["session_id"]
            return session_id

        return str(self._until("the session", resolved))

    def _sandbox(self, action: str, **fields: Any) -> Any:
        body = {"action": action, **fields}
        answer = httpx.post(f"{self.sandbox_url}/sandbox/control", json=body, timeout=10)
        if answer.status_code >= 400:
            raise StoryBroken(f"The sandbox refuses {action}: {answer.text}")
        return answer.json()

    def _clock_in(self, mechanic: Person) -> None:
        maya = next(person for person in PEOPLE if "independent" in person.title)
        mechanic.post("/api/mechanic/login", email=maya.email, password=PASSWORD)
        mechanic.post("/api/mechanic/clock", on_shift=True)
        self.say(f"{maya.name} clocks in")

    def _accept(self, mechanic: Person, session_id: str) -> None:
        def offered() -> Any:
            queue = mechanic.get("/api/mechanics/requests")["requests"]
            return next((each for each in queue if each["session_id"] == session_id), None)

        request = self._until("the request in the queue", offered)
        why = ", ".join(reason["factor"] for reason in request["reasons"])
        pays = request["pays"]["minor"] / 100
        self.say(f"Mechanic sees the request: {request['score']} points ({why}), pays ${pays:.2f}")
        mechanic.post(f"/api/mechanics/requests/{request['id']}/accept")
        self.say("Mechanic accepts")

    def _talk(self, customer: Person, mechanic: Person, session_id: str) -> None:
        ending = threading.Event()
        for person in (customer, mechanic):
            arguments = (person, session_id, ending)
            threading.Thread(target=self._be_there, args=arguments, daemon=True).start()
        self._until("both in the room", lambda: self._status(customer, session_id) == "live")
        self.say("Both are in the room: the clock runs")
        lines = (
            (mechanic, "Hello! Does it grind at every stop, or only hard ones?"),
            (customer, "At every stop, and there is a little shudder in the wheel."),
            (mechanic, "That sounds like worn pads on the rotor. Can you see the pad thickness?"),
            (customer, "There is almost nothing left on the left one."),
        )
        for person, text in lines:
            person.post(
                "/api/chat/send-message",
                session_id=session_id,
                client_id=str(uuid4()),
                text=text,
            )
            self.say(f"{person.name}: “{text}”")
        self._wait_out(customer, session_id)
        ending.set()

    def _be_there(self, person: Person, session_id: str, ending: threading.Event) -> None:
        """Keeps saying that one is there, as an open page's stream would."""
        while True:
            person.http.post(f"/api/sessions/{session_id}/start")
            if ending.wait(3.0):
                return

    def _status(self, person: Person, session_id: str) -> str:
        person.http.post(f"/api/sessions/{session_id}/start")
        return str(person.get(f"/api/sessions/{session_id}/status")["status"])

    def _wait_out(self, customer: Person, session_id: str) -> None:
        """A consultation of under a minute is called off: wait until it counts."""
        self.say("They talk for a minute, the shortest consultation that counts …")
        whole = customer.get(f"/api/sessions/{session_id}")["minutes"] * 60
        deadline = time.monotonic() + TALK_SECONDS + 30
        while time.monotonic() < deadline:
            left = customer.get(f"/api/sessions/{session_id}")["seconds_left"]
            if whole - left >= TALK_SECONDS:
                return
            time.sleep(1.0)
        raise StoryBroken("The clock does not run.")

    def _finish(self, customer: Person, mechanic: Person, session_id: str) -> None:
        mechanic.post(
            "/api/mechanic/sessions/complete",
            session_id=session_id,
            findings="Front left brake pad worn to the backing plate; rotor scored.",
            steps_taken="Looked at the pad through the wheel; compared left and right.",
            next_steps="Replace front pads and rotors as a pair. Do not drive far until then.",
            parts_needed="Front pads and rotors",
        )
        self.say("Mechanic writes the report and ends the session")
        customer.post(
            f"/api/customer/sessions/{session_id}/rate",
            stars=5,
            review="Clear, quick and kind.",
        )
        self.say("Customer rates with five stars")

    def _outcome(
        self, customer: Person, mechanic: Person, admin: Person, session_id: str
    ) -> Outcome:
        alex = next(person for person in PEOPLE if person.role == "admin")
        admin.post("/api/admin/login", email=alex.email, password=PASSWORD)

        def paid_out() -> Any:
            rows = mechanic.get("/api/mechanics/earnings")["sessions"]
            mine = next((row for row in rows if row["session_id"] == session_id), None)
            return mine if mine and mine["transfer_status"] == "done" else None

        earned = self._until("the payout", paid_out)
        self.say("The mechanic's share is transferred")
        return Outcome(
            session_id=session_id,
            status=customer.get(f"/api/sessions/{session_id}/summary")["session"],
            timeline=admin.get(f"/api/admin/sessions/{session_id}/timeline")["events"],
            earnings=earned,
            transfers=[],
        )

    def _until(self, what: str, ask: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = ask()
            if found:
                return found
            time.sleep(0.2)
        raise StoryBroken(f"Waited {PATIENCE_SECONDS:.0f} s for {what} in vain.")
