"""All pages."""

from typing import Final

from flask import Flask
from flask_limiter import Limiter

from autodoctor.entrypoints.web.pages import (
    accounts,
    api_docs,
    booking,
    checkout,
    claims,
    closing,
    company_signup,
    confirming,
    consents,
    customer,
    customer_profile,
    entering,
    favorites,
    files,
    forgotten,
    invitations,
    mechanic_documents,
    mechanic_signup,
    notification_choices,
    notifications,
    payments,
    providers,
    room,
    second_factor,
    security,
    sessions,
    vehicles,
    workshop_signup,
)
from autodoctor.entrypoints.web.pages.at_work import install as install_at_work
from autodoctor.entrypoints.web.pages.mailbox import mailbox_pages
from autodoctor.entrypoints.web.pages.public import pages as public

OF_CUSTOMERS: Final = (
    *(accounts, booking, checkout, sessions, room, customer, customer_profile, vehicles),
    *(favorites, payments),
)
OF_PEOPLE: Final = (
    *(entering, forgotten, providers, claims, security),
    *(confirming, second_factor, closing),
)
OF_MECHANICS: Final = (mechanic_documents, mechanic_signup)
OF_EVERYBODY: Final = (files, notifications, notification_choices, consents, api_docs)


def install(app: Flask, limiter: Limiter) -> None:
    app.register_blueprint(public)
    for module in (*OF_CUSTOMERS, *OF_PEOPLE, *OF_EVERYBODY):
        app.register_blueprint(module.pages)
    install_at_work(app)
    if app.extensions["autodoctor"].config.mailbox:
        app.register_blueprint(mailbox_pages)
    for limited in (
        accounts,
        entering,
        forgotten,
        providers,
        claims,
        security,
        second_factor,
        *OF_MECHANICS,
        workshop_signup,
        company_signup,
        invitations,
    ):
        limited.limit(app, limiter)
