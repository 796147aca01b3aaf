"""All endpoints of the API."""

from autodoctor.entrypoints.web.api.accounts import accounts
from autodoctor.entrypoints.web.api.admin import admin
from autodoctor.entrypoints.web.api.admin_applications import admin_applications
from autodoctor.entrypoints.web.api.admin_conduct import admin_conduct
from autodoctor.entrypoints.web.api.admin_corporate import admin_companies
from autodoctor.entrypoints.web.api.admin_deeds import admin_deeds
from autodoctor.entrypoints.web.api.admin_jobs import admin_jobs
from autodoctor.entrypoints.web.api.admin_money import admin_money
from autodoctor.entrypoints.web.api.admin_security_log import admin_security_log
from autodoctor.entrypoints.web.api.admin_stats import admin_stats
from autodoctor.entrypoints.web.api.admin_users import admin_users
from autodoctor.entrypoints.web.api.admin_workshops import admin_workshops
from autodoctor.entrypoints.web.api.afterwards import afterwards
from autodoctor.entrypoints.web.api.booking import booking
from autodoctor.entrypoints.web.api.chat import chat
from autodoctor.entrypoints.web.api.checkout import checkout
from autodoctor.entrypoints.web.api.company_invitations import company_invitations
from autodoctor.entrypoints.web.api.copying import copying
from autodoctor.entrypoints.web.api.corporate import companies
from autodoctor.entrypoints.web.api.corporate_departments import company_departments
from autodoctor.entrypoints.web.api.corporate_employees import corporate_employees
from autodoctor.entrypoints.web.api.corporate_keys import corporate_keys
from autodoctor.entrypoints.web.api.corporate_roster import corporate_roster
from autodoctor.entrypoints.web.api.corporate_sessions import corporate_sessions
from autodoctor.entrypoints.web.api.corporate_team import company_team
from autodoctor.entrypoints.web.api.debugging import debugging
from autodoctor.entrypoints.web.api.declare import Endpoint
from autodoctor.entrypoints.web.api.earnings import earnings_endpoints
from autodoctor.entrypoints.web.api.garage import garage
from autodoctor.entrypoints.web.api.logins import logins
from autodoctor.entrypoints.web.api.mechanic_documents import mechanic_documents
from autodoctor.entrypoints.web.api.mechanic_profile import mechanic_profile
from autodoctor.entrypoints.web.api.mechanic_self import mechanic_self
from autodoctor.entrypoints.web.api.mechanic_signup import mechanic_signup
from autodoctor.entrypoints.web.api.mechanics import mechanics
from autodoctor.entrypoints.web.api.notes import notes
from autodoctor.entrypoints.web.api.operations import operations
from autodoctor.entrypoints.web.api.passkeys import passkeys
from autodoctor.entrypoints.web.api.payments import payments
from autodoctor.entrypoints.web.api.programs import program_endpoints
from autodoctor.entrypoints.web.api.session_files import session_files
from autodoctor.entrypoints.web.api.sessions import sessions
from autodoctor.entrypoints.web.api.uploads import uploads
from autodoctor.entrypoints.web.api.utilities import utilities
from autodoctor.entrypoints.web.api.workshop_dashboard import workshop_dashboard
from autodoctor.entrypoints.web.api.workshop_people import workshop_people
from autodoctor.entrypoints.web.api.workshop_profile import workshop_profile
from autodoctor.entrypoints.web.api.workshop_team import workshop_team
from autodoctor.entrypoints.web.api.workshops import workshops

MODULES = (
    checkout,
    session_files,
    notes,
    afterwards,
    earnings_endpoints,
    accounts,
    logins,
    passkeys,
    debugging,
    copying,
    booking,
    garage,
    payments,
    sessions,
    chat,
    uploads,
    mechanics,
    mechanic_signup,
    mechanic_self,
    mechanic_documents,
    mechanic_profile,
    admin,
    workshops,
    workshop_dashboard,
    workshop_team,
    workshop_people,
    program_endpoints,
    company_invitations,
    companies,
    company_departments,
    company_team,
    corporate_keys,
    corporate_roster,
    corporate_employees,
    corporate_sessions,
    admin_companies,
    workshop_profile,
    admin_workshops,
    admin_applications,
    admin_deeds,
    admin_money,
    admin_users,
    admin_security_log,
    admin_conduct,
    admin_jobs,
    admin_stats,
    utilities,
    operations,
)

ENDPOINTS: list[Endpoint] = [endpoint for module in MODULES for endpoint in module.all]
