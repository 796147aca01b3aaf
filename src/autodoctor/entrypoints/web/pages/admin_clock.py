"""Moving the clock of an installation that is developed on: what takes fifteen minutes is seen
in one. All processes read the same offset from a file."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Final

import attrs
from babel.dates import format_datetime
from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.operations import MOVE_CLOCK
from autodoctor.application.sessions.room import stay
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call, web
from autodoctor.entrypoints.web.formats import LOCALE
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When

PATH: Final = "/dev/clock"
STEPS: Final = (("+1 min", 60), ("+10 min", 600), ("+15 min", 900), ("+1 h", 3600))
RESET: Final = "reset"
AHEAD_MAX: Final = timedelta(days=365)

pages = Blueprint("admin_clock", __name__, url_prefix=PATH)


@attrs.frozen
class ClockView:
    """`steps` are labels and the seconds they move the clock by."""

    now: str
    moved: str
    steps: tuple[tuple[str, str], ...]
    is_moved: bool


def clock_view(now: str, offset: timedelta) -> ClockView:
    steps = tuple((label, str(seconds)) for label, seconds in STEPS)
    return ClockView(now, moved_text(offset), steps, bool(offset))


def moved_text(offset: timedelta) -> str:
    """By how much, in words."""
    minutes, seconds = divmod(round(offset.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (seconds, "s"))
    told = " ".join(f"{count} {unit}" for count, unit in parts if count)
    return f"{told} ahead of this machine's clock" if told else "As this machine's clock"


@pages.get("")
@asks(MOVE_CLOCK)
def clock() -> str:
    told = when(call())
    view = clock_view(_full(told), offset_in(_file()))
    return render_template("admin/clock.html", view=view)


@pages.post("")
@asks(MOVE_CLOCK)
def move() -> Response:
    by = request.form.get("by", "")
    known = {str(seconds): timedelta(seconds=seconds) for _, seconds in STEPS}
    if by != RESET and by not in known:
        abort(400)
    if by == RESET:
        set_offset(_file(), timedelta(0))
        flash("The clock is this machine's again.")
    else:
        _ahead(known[by])
        flash("The clock is moved.")
    return redirect(PATH, code=303)


def _ahead(step: timedelta) -> None:
    here, before = call(), offset_in(_file())
    after = min(before + step, AHEAD_MAX)
    stay(here.ports, actor=here.who, by=after - before)
    set_offset(_file(), after)


def _full(told: When) -> str:
    local = told.now.astimezone(told.zone)
    return str(format_datetime(local, "d MMMM y, h:mm:ss a", locale=LOCALE))


def _file() -> Path:
    return Path(web().config.clock_file)


def offset_in(file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(file.read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta(0)


def set_offset(file: Path, offset: timedelta) -> None:
    """Whole or not at all: others read it at any moment."""
    mine = file.with_suffix(f".{os.getpid()}")
    mine.write_text(str(round(offset.total_seconds())), encoding="ascii")
    mine.replace(file)
