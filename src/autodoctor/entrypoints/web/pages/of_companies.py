"""The pages of companies, and about them."""

from typing import Final

from flask import Flask

from autodoctor.entrypoints.web.pages import (
    admin_companies,
    company,
    company_departments,
    company_employees,
    company_keys,
    company_profile,
    company_roster,
    company_signup,
    company_status,
    company_team,
    company_usage,
)

MODULES: Final = (
    *(company, company_departments, company_profile, company_signup, company_status),
    *(company_team, company_employees, company_roster, company_usage, company_keys),
    admin_companies,
)


def install(app: Flask) -> None:
    for module in MODULES:
        app.register_blueprint(module.pages)
