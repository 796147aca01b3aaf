"""The example conversation on the home page, labelled there as one."""

from typing import Final

from autodoctor.entrypoints.web.parts import Message, MessageState, Person

MECHANIC: Final = Person(name="Your mechanic", initials="M", note="Online now")

CONVERSATION: Final = (
    Message(
        id="example-1",
        own=True,
        sender="You",
        text="Since this morning the front left grinds when I brake.",
        at="10:02",
        when="10:02",
        state=MessageState.READ,
        state_label="Read",
    ),
    Message(
        id="example-2",
        own=False,
        sender="Mechanic",
        text="Does it also grind when you let the car roll without braking?",
        at="10:02",
        when="10:02",
    ),
    Message(
        id="example-3",
        own=True,
        sender="You",
        text="No, only on the brake.",
        at="10:03",
        when="10:03",
        state=MessageState.READ,
        state_label="Read",
    ),
    Message(
        id="example-4",
        own=False,
        sender="Mechanic",
        text="Then the pads are my first suspect. Take a photo through the wheel, please: "
        "I want to see how much lining is left before you drive on.",
        at="10:04",
        when="10:04",
    ),
)
