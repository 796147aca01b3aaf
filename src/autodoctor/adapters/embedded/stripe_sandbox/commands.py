"""What the control route can be told to do."""

from typing import Annotated, Literal, TypeAlias

import msgspec

Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class Command(msgspec.Struct, tag_field="action", forbid_unknown_fields=True, kw_only=True):
    pass


class Hold(Command, tag="hold"):
    """Holds all webhooks back, until they are released."""


class Release(Command, tag="release"):
    order: Literal["as_booked", "reversed", "shuffled"] = "as_booked"


class Plan(Command, tag="plan"):
    """What happens to the next `times` events, of one type or of any."""

    effect: Literal["delay", "twice", "lose"]
    event_type: str | None = None
    seconds: Seconds = 0
    times: Count = 1


class ForgetPlans(Command, tag="forget_plans"):
    pass


class Send(Command, tag="send"):
    """Delivers an event again."""

    event: str
    seconds: Seconds = 0


class Lose(Command, tag="lose"):
    """Never delivers what is still due of an event."""

    event: str


class Fault(Command, tag="fault"):
    """What the next `calls` API calls suffer; see `knobs.FAULT_MODES`."""

    mode: Literal["error", "lost", "timeout"]
    calls: Count = 1
    seconds: Seconds = 30


class ForgetKeys(Command, tag="forget_keys"):
    """Forgets all idempotency keys, as Stripe does after a day."""


class Pay(Command, tag="pay"):
    """Pays a checkout without its page."""

    checkout: str
    card: str = "4242424242424242"


class ExpireCheckout(Command, tag="expire_checkout"):
    checkout: str


class SetAccount(Command, tag="account"):
    account: str
    ready: bool


class OpenDispute(Command, tag="open_dispute"):
    charge: str


class CloseDispute(Command, tag="close_dispute"):
    dispute: str
    outcome: Literal["won", "lost"]


class FailRefund(Command, tag="fail_refund"):
    refund: str


Webhooks: TypeAlias = Hold | Release | Plan | ForgetPlans | Send | Lose
World: TypeAlias = Pay | ExpireCheckout | SetAccount | OpenDispute | CloseDispute | FailRefund
Api: TypeAlias = Fault | ForgetKeys
AnyCommand: TypeAlias = Webhooks | World | Api
