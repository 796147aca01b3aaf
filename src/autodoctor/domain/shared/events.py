"""What happened: frozen facts that a domain call returns beside its new state."""

import attrs


@attrs.frozen
class Event:
    """Base of every event. Subclasses carry ids and plain values only, so that they can be
    stored, replayed and shown on a session's timeline."""
