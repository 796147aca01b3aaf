"""The parts of an installation that are ours, each as its process runs it: started by its
command, or forked by the supervisor, which has read before what they are made of."""

import gc
import time
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autodoctor.entrypoints.bootstrap import Installation

MADE_OF = (
    "autodoctor.adapters.embedded.mail_catcher.serve",
    "autodoctor.adapters.embedded.stripe_sandbox.serve",
    "autodoctor.entrypoints.cli.preparing",
    "autodoctor.entrypoints.realtime.main",
    "autodoctor.entrypoints.web.main",
    "autodoctor.entrypoints.web.server.serve",
    "autodoctor.entrypoints.worker.main",
)


def read_ahead() -> None:
    """Whoever forks afterwards shares all of it. Nothing of it is garbage: collecting while it
    is read costs a tenth of the time, and later would copy what is shared."""
    gc.disable()
    for name in MADE_OF:
        import_module(name)
    gc.collect()
    gc.freeze()
    gc.enable()


def web() -> None:
    from autodoctor.entrypoints.web.server.serve import serve

    serve(_checked().settings)


def realtime() -> None:
    from autodoctor.entrypoints.realtime.main import serve

    serve(_checked())


def worker() -> None:
    from autodoctor.entrypoints.worker.main import serve

    serve(_checked(connections=16))


def _checked(*, connections: int = 8) -> "Installation":
    """Raises SettingsInvalid, a SystemExit."""
    from autodoctor.entrypoints.bootstrap import Installation
    from autodoctor.entrypoints.cli.start import settings

    here = Installation(settings(), connections=connections)
    here.check()
    return here


def stripe_sandbox() -> None:
    from autodoctor.adapters.embedded.stripe_sandbox.serve import serve
    from autodoctor.entrypoints.cli.start import development_settings
    from autodoctor.entrypoints.embedded import LOOPBACK, Embedded

    chosen = development_settings()
    here = Embedded(chosen)
    clock = here.seconds_now if chosen.development_clock else time.time
    serve(
        host=LOOPBACK,
        port=chosen.ports.stripe_sandbox,
        data_dir=here.folder / "stripe-sandbox",
        webhook_url=f"http://{LOOPBACK}:{chosen.port}/api/stripe/webhook",
        webhook_secret=here.webhook_secret,
        api_key=here.stripe_key,
        public_url=f"http://localhost:{chosen.ports.stripe_sandbox}",
        clock=clock,
    )


def mail_catcher() -> None:
    from autodoctor.adapters.embedded.mail_catcher.serve import serve
    from autodoctor.entrypoints.cli.start import development_settings
    from autodoctor.entrypoints.embedded import LOOPBACK, Embedded

    chosen = development_settings()
    serve(host=LOOPBACK, port=chosen.ports.smtp, folder=Embedded(chosen).mailbox)
