"""The pages of companies, and about them."""

from typing import Final

from flask import Flask

from autodoctor.entrypoints.web.pages import (
    admin_companies,
    company,
    company_departments,
    company_profile,
    company_signup,
    company_status,
    company_team,
)

MODULES: Final = (
    *(company, company_departments, company_profile, company_signup, company_status),
    *(company_team, admin_companies),
)


def install(app: Flask) -> None:
    for module in MODULES:
        app.register_blueprint(module.pages)
