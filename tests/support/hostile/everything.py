"""The table of all of them."""

from typing import Final

from support.hostile import bombs, metadata, names, polyglots
from support.hostile.attack import Attack, refused
from support.hostile.specimens import HOSTILE

NOT_WHAT_THEY_SAY: Final = tuple(
    refused(label, content, kind) for label, (content, kind) in HOSTILE.items()
)
TWO_AT_ONCE: Final = (*polyglots.ATTACKS, *bombs.ATTACKS, *metadata.ATTACKS)
ATTACKS: Final[tuple[Attack, ...]] = (*NOT_WHAT_THEY_SAY, *TWO_AT_ONCE, *names.ATTACKS)

AT_THE_DOORS: Final = {
    "session": ATTACKS,
    "photo": TWO_AT_ONCE,
    "document": (*TWO_AT_ONCE, *names.ATTACKS),
    "logo": (*polyglots.ATTACKS, *metadata.ATTACKS),
    "chat": (*polyglots.ATTACKS, *names.ATTACKS),
}
"""Everything through one door; the others ask the same inspector, so they get what is left when
that is taken away."""
