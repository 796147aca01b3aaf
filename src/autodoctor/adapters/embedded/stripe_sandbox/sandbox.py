"""What all routes of the sandbox share."""

import asyncio

from autodoctor.adapters.embedded.stripe_sandbox.settings import SandboxSettings
from autodoctor.adapters.embedded.stripe_sandbox.store import Store


class Sandbox:
    """`keys_in_use` are the idempotency keys of requests that run right now."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.store = Store(data_dir=settings.data_dir, clock=settings.clock)
        self.keys_in_use: set[str] = set()
        self.deliveries_booked = asyncio.Event()

    def wake_courier(self) -> None:
        """Call it from the event loop after anything that may have caused an event."""
        self.deliveries_booked.set()
