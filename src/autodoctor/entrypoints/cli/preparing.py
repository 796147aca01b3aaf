"""What an installation needs before its application starts: a schema, plans, the demo's people."""

from autodoctor.entrypoints.bootstrap import Installation
from autodoctor.entrypoints.cli.database import bring_up_to_date
from autodoctor.entrypoints.demo.sandbox import make_ready
from autodoctor.entrypoints.demo.seed import seed_demo, seed_plans
from autodoctor.entrypoints.settings import Settings


def prepare(settings: Settings) -> None:
    here = Installation(settings)
    if not settings.database_url.get_secret_value():
        here.embedded.postgres.make_database()
    bring_up_to_date(here)
    seed_plans(here.ports)
    if settings.demo_people and not settings.production:
        seed_demo(here.ports, lambda account: make_ready(here, account))
    here.close()
