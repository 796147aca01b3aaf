"""Sample views for the kit: invented people and figures, seen nowhere else."""

from typing import Final

from autodoctor.entrypoints.web.pages.sample import CONVERSATION
from autodoctor.entrypoints.web.parts import (
    Attachment,
    Calendar,
    Cell,
    Column,
    Day,
    Fact,
    Link,
    Message,
    Moment,
    MoneyLine,
    MoneyTable,
    Option,
    Pager,
    Person,
    Step,
    StepState,
    Table,
)
from autodoctor.entrypoints.web.views import ActiveSession, NavItem, Tone, Viewer

ACTIVE: Final = ActiveSession(
    title="Your video session is under way",
    detail="With Maya Tremblay, 24 minutes left.",
    return_url="/dev/kit/in/room",
    end_url="/dev/kit/in/room",
)
SIGNED_IN: Final = Viewer(
    signed_in=True,
    role="Customer",
    name="Sam Okafor",
    initials="SO",
    home_url="/dev/kit/in/dashboard",
    nav=(
        NavItem("Dashboard", "/dev/kit/in/dashboard", "home", current=True),
        NavItem("Sessions", "/dev/kit/in/room", "chat"),
        NavItem("Quotes", "/dev/kit/in/video", "receipt"),
        NavItem("Vehicles", "/dev/kit/in/dashboard#vehicles", "car"),
        NavItem("Schedule", "/dev/kit/wizard", "calendar"),
        NavItem("Profile", "/dev/kit/forms", "settings"),
    ),
    active_session=ACTIVE,
    notifications_url="/dev/kit/feedback",
    unread="3",
    profile_url="/dev/kit/forms",
)

MECHANIC: Final = Person(name="Maya Tremblay", initials="MT", note="Red Seal, 12 years")
PROVINCES: Final = (
    Option("ON", "Ontario"),
    Option("QC", "Quebec"),
    Option("BC", "British Columbia"),
)
VEHICLES: Final = (
    Option("1", "2018 Honda Civic", hint="Grey, 84,000 km"),
    Option("2", "2021 Ford F-150", hint="White, 41,500 km"),
    Option("3", "Another vehicle", hint="Add it in a minute"),
)
SLOTS: Final = (
    Option("9:00", "9:00"),
    Option("9:30", "9:30", disabled=True),
    Option("10:00", "10:00"),
    Option("14:30", "14:30"),
)
ERRORS: Final = (Link("Enter an email address like name@example.com.", "#email"),)
STEPS: Final = (
    Step("Vehicle", StepState.DONE, "/dev/kit/wizard"),
    Step("Plan", StepState.DONE, "/dev/kit/wizard"),
    Step("Concern", StepState.CURRENT),
    Step("Waiver", StepState.AHEAD),
    Step("Payment", StepState.AHEAD),
)
TABS: Final = (
    Link("All", "/dev/kit/display", current=True, count="12"),
    Link("Upcoming", "/dev/kit/feedback", count="2"),
    Link("Completed", "/dev/kit/forms"),
)
CRUMBS: Final = (Link("Dashboard", "/dev/kit/in/dashboard"), Link("Sessions", ""))
PAGER: Final = Pager("Sessions 21–40 of 112", "/dev/kit/display", "/dev/kit/display")

SESSIONS: Final = Table(
    caption="Recent sessions",
    columns=(Column("Session"), Column("Mechanic"), Column("State"), Column("Paid", numeric=True)),
    rows=(
        (
            Cell("Standard Video", url="/dev/kit/in/video", note="12 March, 14:30"),
            Cell("Maya Tremblay"),
            Cell("In the room now", tone=Tone.LIVE),
            Cell("$29.99"),
        ),
        (
            Cell("Quick Chat", url="/dev/kit/in/room", note="2 March, 9:05"),
            Cell("Dev Sharma"),
            Cell("Completed", tone=Tone.OK),
            Cell("$9.99"),
        ),
        (
            Cell("Quick Chat", url="/dev/kit/in/room", note="27 February, 18:40"),
            Cell("Waiting for a mechanic"),
            Cell("Ended without a mechanic", tone=Tone.WARN),
            Cell("$0", note="$9.99 refunded"),
        ),
    ),
)
NO_SESSIONS: Final = Table(
    caption="No sessions yet", columns=(Column("Session"),), rows=(), empty="They will stand here."
)
QUOTE: Final = MoneyTable(
    caption="Front brakes",
    lines=(
        MoneyLine("Brake pads, front", "$89.90", "1 set at $89.90"),
        MoneyLine("Brake discs, front", "$159.00", "2 at $79.50"),
        MoneyLine("Labour", "$180.00", "1.5 hours at $120.00"),
    ),
    totals=(
        MoneyLine("Subtotal", "$428.90"),
        MoneyLine("HST 13 %", "$55.76"),
        MoneyLine("Total", "$484.66"),
    ),
)
FACTS: Final = (
    Fact("Vehicle", "2018 Honda Civic"),
    Fact("Concern", "Grinding noise when braking"),
    Fact("Plan", "Quick Chat, 30 minutes by chat"),
    Fact("Report", "Open the report", "/dev/kit/display"),
)
MOMENTS: Final = (
    Moment("Paid", "2026-03-12T14:02:00Z", "14:02", "$9.99 by card", Tone.OK),
    Moment("Waiting for a mechanic", "2026-03-12T14:02:05Z", "14:02"),
    Moment("Maya Tremblay accepted", "2026-03-12T14:04:00Z", "14:04", tone=Tone.OK),
    Moment("In the room", "2026-03-12T14:05:00Z", "14:05", "Both are present", Tone.LIVE),
)
MESSAGES: Final = (
    *CONVERSATION,
    Message(
        id="example-5",
        own=True,
        sender="You",
        text="",
        at="2026-03-12T14:12:00Z",
        when="10:06",
        state_label="Sent",
        attachments=(Attachment("wheel-front-left.jpg", "1.8 MB", "/dev/kit/in/room"),),
    ),
)
MARCH: Final = Calendar(
    title="March 2026",
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    weeks=(
        (*(Day() for _ in range(6)), Day("1", "1 March")),
        tuple(
            Day(str(day), f"{day} March, 4 free times", "/dev/kit/wizard", chosen=day == 4)
            for day in range(2, 9)
        ),
    ),
    next_url="/dev/kit/wizard",
)
