"""The pages of those who work here."""

from flask import Flask

from autodoctor.entrypoints.web.pages import (
    admin,
    admin_applications,
    admin_audit,
    admin_clock,
    admin_conduct,
    admin_issues,
    admin_jobs,
    admin_mails,
    admin_people,
    admin_security_log,
    mechanic,
    mechanic_documents,
    mechanic_earnings,
    mechanic_onboarding,
    mechanic_profile,
    mechanic_public,
    mechanic_requests,
    mechanic_reviews,
    mechanic_sessions,
    mechanic_signup,
    mechanic_status,
)
from autodoctor.entrypoints.web.pages.of_companies import install as install_companies
from autodoctor.entrypoints.web.pages.of_workshops import install as install_workshops


def install(app: Flask) -> None:
    for module in (
        mechanic,
        mechanic_onboarding,
        mechanic_profile,
        mechanic_public,
        mechanic_requests,
        mechanic_reviews,
        mechanic_sessions,
        mechanic_signup,
        mechanic_status,
        mechanic_documents,
        mechanic_earnings,
        admin,
        admin_applications,
        admin_audit,
        admin_conduct,
        admin_jobs,
        admin_issues,
        admin_mails,
        admin_people,
        admin_security_log,
    ):
        app.register_blueprint(module.pages)
    install_workshops(app)
    install_companies(app)
    if app.extensions["autodoctor"].config.clock_file:
        app.register_blueprint(admin_clock.pages)
