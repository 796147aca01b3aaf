"""Views of the components in templates/components: ready strings, nothing left to work out."""

from enum import StrEnum

import attrs

from autodoctor.entrypoints.web.views import Tone


class StepState(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


class MessageState(StrEnum):
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Urgency(StrEnum):
    """How near the end is: amber from five minutes, red from one."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


@attrs.frozen
class Option:
    """A choice of a select, radio group or card group. `aside` stands at the end (a price)."""

    value: str
    label: str
    hint: str = ""
    aside: str = ""
    disabled: bool = False


@attrs.frozen
class Link:
    """A place to go: a crumb, a tab (with its count), an action."""

    label: str
    url: str
    current: bool = False
    count: str = ""


@attrs.frozen
class Step:
    """A step of a sequence; one that is done may have a `url` to go back to it."""

    label: str
    state: StepState
    url: str = ""


@attrs.frozen
class Fact:
    """A label and its value; with a `url` the value is a link."""

    label: str
    value: str
    url: str = ""


@attrs.frozen
class Column:
    label: str
    numeric: bool = False


@attrs.frozen
class Cell:
    """A cell of a table: text, as a link with a `url`, as a badge with a `tone`."""

    text: str
    url: str = ""
    tone: Tone | None = None
    note: str = ""


@attrs.frozen
class Table:
    """Rows have a cell for each column; without rows the page shows `empty` instead."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing here yet."


@attrs.frozen
class MoneyLine:
    """A line of a money table; `detail` says how the amount came about."""

    label: str
    amount: str
    detail: str = ""


@attrs.frozen
class MoneyTable:
    caption: str
    lines: tuple[MoneyLine, ...]
    totals: tuple[MoneyLine, ...]


@attrs.frozen
class Moment:
    """An event of a timeline; `at` is ISO 8601, `when` is what people read."""

    what: str
    at: str
    when: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL


@attrs.frozen
class Person:
    """Somebody, as seen by others. `photo_url` may be empty: the initials stand in."""

    name: str
    initials: str
    photo_url: str = ""
    note: str = ""


@attrs.frozen
class Attachment:
    """`thumbnail_url` is empty for what is not a picture; `id` is the file's."""

    name: str
    size: str
    url: str
    thumbnail_url: str = ""
    id: str = ""


@attrs.frozen
class Message:
    """A chat message. `state` is shown on one's own only, `state_label` says it in words;
    `position` orders those of a live conversation."""

    id: str
    own: bool
    sender: str
    text: str
    at: str
    when: str
    state: MessageState = MessageState.SENT
    state_label: str = "Sent"
    attachments: tuple[Attachment, ...] = ()
    position: int = 0


@attrs.frozen
class Countdown:
    """`ends_at` and `now` (the server's) are ISO 8601; `digits` is what they come to, "12:30";
    while not `running` the clock stands still."""

    ends_at: str
    now: str
    digits: str
    label: str = "left"
    tone: Urgency = Urgency.CALM
    running: bool = True


@attrs.frozen
class Pager:
    """Cursor pages: an empty address hides its button. `text` is "Sessions 21–40 of 112"."""

    text: str
    previous_url: str = ""
    next_url: str = ""


@attrs.frozen
class Day:
    """A day of a calendar; `name` is read out ("12 March, 4 free times"). Without a `url` it
    cannot be chosen; an empty `number` leaves the cell blank."""

    number: str = ""
    name: str = ""
    url: str = ""
    chosen: bool = False


@attrs.frozen
class Calendar:
    """A month; weeks have seven days and begin with the first of `weekdays`."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    previous_url: str = ""
    next_url: str = ""
