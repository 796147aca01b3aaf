"""What the control route can be told to do."""

from typing import Annotated, Literal, TypeAlias

import msgspec

Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Amount: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=99_999_999)]
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
    """Pays a checkout without its page; `amount` is another than the checkout asks for."""

    checkout: str
    card: str = "4242424242424242"
    amount: Amount | None = None


class ExpireCheckout(Command, tag="expire_checkout"):
    checkout: str


class SetAccount(Command, tag="account"):
    account: str
    ready: bool


class OpenDispute(Command, tag="open_dispute"):
    """Of all that is left of the charge unless told otherwise."""

    charge: str
    amount: Amount | None = None


class CloseDispute(Command, tag="close_dispute"):
    dispute: str
    outcome: Literal["won", "lost"]


class RefundCharge(Command, tag="refund_charge"):
    """Gives money back as somebody does on Stripe's dashboard, all that is left unless told
    otherwise."""

    charge: str
    amount: Amount | None = None


class FailRefund(Command, tag="fail_refund"):
    refund: str
    reason: str = "lost_or_stolen_card"


class ReverseTransfer(Command, tag="reverse_transfer"):
    """Takes a transfer back as somebody does on Stripe's dashboard."""

    transfer: str
    amount: Amount | None = None


class PayOut(Command, tag="pay_out"):
    """Sends a connected account's money to its owner's bank."""

    account: str
    amount: Amount | None = None


class FinishPayout(Command, tag="finish_payout"):
    """It arrives, or fails when there is a `failure_code`, even after it had arrived."""

    payout: str
    failure_code: str = ""


Webhooks: TypeAlias = Hold | Release | Plan | ForgetPlans | Send | Lose
Customers: TypeAlias = Pay | ExpireCheckout | OpenDispute | CloseDispute
Payees: TypeAlias = SetAccount | ReverseTransfer | PayOut | FinishPayout
Refunds: TypeAlias = RefundCharge | FailRefund
Api: TypeAlias = Fault | ForgetKeys
AnyCommand: TypeAlias = Webhooks | Customers | Payees | Refunds | Api
