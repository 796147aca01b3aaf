"""The list behind the bell."""

import attrs
from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from autodoctor.application.access.accounts import NOTIFICATIONS
from autodoctor.application.notifications.inbox import inbox, read_all
from autodoctor.entrypoints.web.access import asks
from autodoctor.entrypoints.web.call import call
from autodoctor.entrypoints.web.pages.people import when
from autodoctor.entrypoints.web.pages.when import When
from autodoctor.ports.operations import Notification

pages = Blueprint("notifications", __name__)


@attrs.frozen
class NotificationView:
    title: str
    url: str
    at: str
    ago: str
    unread: bool


def notification_view(told: Notification, when: When) -> NotificationView:
    at, unread = told.at.isoformat(), told.read_at is None
    return NotificationView(told.title, told.url, at, when.ago(told.at), unread)


@pages.get("/notifications")
@asks(NOTIFICATIONS)
def list_all() -> str:
    here = call()
    told = inbox(here.ports, actor=here.who)
    views = tuple(notification_view(each, when(here)) for each in told)
    unread = any(view.unread for view in views)
    return render_template("customer/notifications.html", views=views, unread=unread)


@pages.post("/notifications/read")
@asks(NOTIFICATIONS)
def mark_all_read() -> Response:
    read_all(call().ports, actor=call().who)
    return redirect("/notifications", code=303)
