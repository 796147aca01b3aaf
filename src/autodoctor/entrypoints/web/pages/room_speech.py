"""What can be sent in a room now: own words and files, short messages, or nothing."""

import attrs

from autodoctor.application.room.files_allowed import Allowance
from autodoctor.domain.room.canned import canned_for
from autodoctor.domain.sessions.attendance import Party
from autodoctor.domain.sessions.speech import Speech
from autodoctor.domain.sessions.states import SessionStatus


@attrs.frozen
class Choice:
    code: str
    text: str


@attrs.frozen(kw_only=True)
class Speaking:
    """`shut` while nothing can be sent. Unless `free`, there are the `choices`, and `why` says
    when own words can be sent. `attach` shows the button for files; `files_note` says why there
    is none, as far as that is not for the moment only."""

    shut: bool
    free: bool
    attach: bool
    why: str
    choices: tuple[Choice, ...]
    files_note: str


def speaking(
    allowed: Speech, status: SessionStatus, party: Party | None, files: Allowance | None
) -> Speaking:
    if party is None or allowed is Speech.CLOSED:
        return Speaking(shut=True, free=False, attach=False, why="", choices=(), files_note="")
    free = allowed is Speech.FREE
    return Speaking(
        shut=False,
        free=free,
        attach=free and files is not None and files.left > 0,
        why="" if free else _why(status),
        choices=tuple(Choice(each, each.text) for each in canned_for(party.role)),
        files_note=_files_note(files),
    )


def _why(status: SessionStatus) -> str:
    if status is SessionStatus.RECONNECTING:
        return "While the session is paused you can send these. Write on when you are both back."
    return "You can send these now. Write freely when you are both here and the clock runs."


def _files_note(files: Allowance | None) -> str:
    if files is None or files.left:
        return ""
    if not files.allowed:
        return "This plan does not include files."
    whose = "this plan includes" if files.by_plan else "a session can hold"
    if files.allowed == 1:
        return f"The one file that {whose} is here."
    return f"All {files.allowed} files that {whose} are here."
