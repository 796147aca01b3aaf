"""What somebody wants to be told, and by which channel."""

from typing import Final

import attrs
from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import NOTIFICATIONS
from autodoctor.application.accounts.agreements import choose_news, wants_news
from autodoctor.application.notifications.choosing import choices_of, choose
from autodoctor.domain.notifications.choices import ALWAYS, Choice
from autodoctor.domain.notifications.table import TABLE, Channel, Occasion
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call

pages = Blueprint("notification_choices", __name__, url_prefix="/account/notifications")

NEWS: Final = "news"
CHANNELS: Final = {
    Channel.IN_APP: "In the app",
    Channel.EMAIL: "By mail",
    Channel.SMS: "By text message",
    Channel.PUSH: "As a push message",
}
EVENTS: Final = {
    Occasion.NEW_REQUEST: "A new request is waiting",
    Occasion.REQUEST_ACCEPTED: "A mechanic takes your request",
    Occasion.STARTING_SOON: "A session starts soon",
    Occasion.SESSION_ENDED: "A session is over, or was called off",
    Occasion.PAYMENT_FAILED: "A payment did not go through",
    Occasion.PAYMENT_RECEIVED: "We received a payment",
    Occasion.MECHANIC_APPROVED: "We have decided on your application",
    Occasion.WORKSHOP_ESCALATION: "A customer is handed on to your workshop",
    Occasion.QUOTE_CREATED: "A workshop sends you a quote",
    Occasion.REFUND_PROCESSED: "You get a refund",
    Occasion.MECHANIC_RELEASED: "Your mechanic cannot come, and we look for another",
    Occasion.REFUND_FAILED: "A refund did not reach you",
    Occasion.EARNINGS_REDUCED: "A customer gets money back for a session of yours",
    Occasion.PAYOUT_FAILED: "Your bank sent a payout back",
    Occasion.MONEY_ISSUE: "A payment needs attention",
    Occasion.REPORT_READY: "The report of a session is ready",
    Occasion.DISPUTE_DECIDED: "Your bank has decided a dispute",
    Occasion.SESSION_LOST: "A session you accepted does not take place, or goes to somebody else",
}


@attrs.frozen
class Toggle:
    name: str
    label: str
    on: bool


@attrs.frozen
class Event:
    label: str
    toggles: tuple[Toggle, ...]


@attrs.frozen
class ChoicesView:
    """`news` is the consent to news and offers; `always` is what is told whatever one chooses."""

    news: bool
    events: tuple[Event, ...]
    always: tuple[str, ...]


def choices_view(on: dict[Choice, bool], role: Role, *, news: bool) -> ChoicesView:
    by_event: dict[Occasion, list[Toggle]] = {}
    for choice, chosen in on.items():
        toggle = Toggle(name_of(choice), CHANNELS[choice.channel], chosen)
        by_event.setdefault(choice.occasion, []).append(toggle)
    events = tuple(Event(EVENTS[each], tuple(toggles)) for each, toggles in by_event.items())
    always = tuple(EVENTS[each] for each, told in TABLE.items() if each in ALWAYS and role in told)
    return ChoicesView(news, events, always)


def name_of(choice: Choice) -> str:
    return f"{choice.occasion.value}-{choice.channel.value}"


@pages.get("")
@asks(NOTIFICATIONS)
def show() -> str:
    here = call()
    news = wants_news(here.ports, actor=here.who)
    view = choices_view(choices_of(here.ports, actor=here.who), here.who.role, news=news)
    return render_template("accounts/notifications.html", view=view)


@pages.post("")
@asks(NOTIFICATIONS)
def change() -> Response:
    here = call()
    offered = choices_of(here.ports, actor=here.who)
    muted = frozenset(each for each in offered if name_of(each) not in request.form)
    choose(here.ports, actor=here.who, muted=muted)
    choose_news(here.ports, actor=here.who, wanted=NEWS in request.form)
    flash("Notification settings saved.")
    return redirect("/account/notifications", code=303)
