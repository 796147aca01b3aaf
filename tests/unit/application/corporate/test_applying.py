"""Companies apply, are decided upon, and are put out and let back in."""

import pytest

from autodoctor.application.access.may import WrongRole
from autodoctor.application.accounts.sign_in import actor_of, enter, look
from autodoctor.application.accounts.sign_up import SignUp, verify_email
from autodoctor.application.corporate.applying import (
    CompanyThereAlready,
    apply_again,
    register,
    sign_up_company,
    standing,
)
from autodoctor.application.corporate.company_details import company_mistakes
from autodoctor.application.corporate.overseeing import (
    Subscription,
    approve_company,
    ask_company,
    companies,
    dossier,
    reinstate_company,
    reject_company,
    set_tier,
    suspend_company,
)
from autodoctor.application.corporate.own import CompanyUntold
from autodoctor.application.corporate.profile import change_profile, profile
from autodoctor.application.vetting.decide import answer
from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.corporate.organization import (
    OrganizationNeverApproved,
    OrganizationNotApproved,
    OrganizationSuspended,
    TierTooSmall,
)
from autodoctor.domain.corporate.tier import Agreed, Tier
from autodoctor.domain.shared.actor import SYSTEM, Actor, Role, Seat
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId, OrganizationId
from autodoctor.domain.shared.money import Money
from autodoctor.domain.vetting.application import ApplicationElsewhere, ApplicationStatus
from autodoctor.ports.bundle import Ports
from autodoctor.ports.corporate_queries import CompaniesShown, CompanyFilter
from autodoctor.ports.stores import Missing
from autodoctor.testing.ports import Town, memory_town
from support.corporate import (
    ADMIN,
    an_employee,
    company_applicant,
    company_details,
    company_of,
    company_owner,
)
from support.newcomers import letters, link
from support.people import logged_in
from support.workshops import an_account

EMAIL = "fleet@test.example"


@pytest.fixture
def town() -> Town:
    return memory_town()


@pytest.fixture
def ports(town: Town) -> Ports:
    return town.ports


def form(password: str = "a fleet of vans") -> SignUp:
    return SignUp(
        email=EMAIL, password=password, full_name="Fran Fleet", consents=frozenset(REQUIRED)
    )


def account_of(ports: Ports, account_id: AccountId) -> Account:
    with ports.transactions(SYSTEM) as tx:
        return tx.accounts.get(account_id)


def known_to_staff(ports: Ports) -> list[str]:
    return [row.name for row in companies(ports, actor=ADMIN, which=CompanyFilter()).rows]


def mailed(town: Town, actor: Actor) -> list[str]:
    with town.ports.transactions(SYSTEM) as tx:
        email = tx.accounts.get(actor.account_id).email.text
    return [mail.subject for mail in letters(town, email)]


def test_signing_up_opens_an_account_that_owns_a_company_which_waits(town: Town) -> None:
    details = company_details(tier="professional", fleet_size=12)
    key = sign_up_company(town.ports, form(), details)

    actor = actor_of(account_of(town.ports, key), Role.CORPORATE)
    found = standing(town.ports, actor=actor)
    assert actor.seat is Seat.OWNER
    assert found.application.status is ApplicationStatus.DRAFT
    assert not found.organization.open
    assert (found.organization.tier, found.organization.profile.fleet_size) == (
        Tier.PROFESSIONAL,
        12,
    )


def test_each_sign_up_has_a_company_of_its_own_and_one_is_handed_in(town: Town) -> None:
    first = sign_up_company(town.ports, form("a strangers password"), company_details(name="First"))
    again = company_details(name="Second", tier="enterprise")
    second = sign_up_company(town.ports, form(), again)
    before = known_to_staff(town.ports)

    verify_email(town.ports, token=link(town, EMAIL), holder=second)

    found = standing(town.ports, actor=actor_of(account_of(town.ports, second), Role.CORPORATE))
    assert (found.organization.name, found.organization.tier) == ("Second", Tier.ENTERPRISE)
    assert found.application.status is ApplicationStatus.SUBMITTED
    assert account_of(town.ports, first).organization_id is None
    assert (before, known_to_staff(town.ports)) == ([], ["Second"])


def test_an_address_that_is_confirmed_is_asked_whether_it_wants_the_role(town: Town) -> None:
    owner = an_account(town.ports, Role.CUSTOMER, email=EMAIL)

    sign_up_company(town.ports, form(), company_details())

    assert account_of(town.ports, owner.id) == owner
    assert [mail.subject for mail in letters(town, EMAIL)] == ["Use your account for a company too"]
    assert known_to_staff(town.ports) == []


def test_somebody_with_the_role_tells_of_their_company_once(ports: Ports) -> None:
    actor = Actor(an_account(ports, Role.CORPORATE).id, Role.CORPORATE)

    with pytest.raises(CompanyUntold):
        standing(ports, actor=actor)
    register(ports, actor=actor, details=company_details())
    with pytest.raises(CompanyThereAlready):
        register(ports, actor=actor, details=company_details())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x"),
        ("contact_name", ""),
        ("email", "nobody"),
        ("business_type", "bakery"),
        ("tier", "free"),
        ("fleet_size", -1),
        ("fleet_size", 100_001),
        ("industry", "x" * 121),
        ("province", "XX"),
        ("postal_code", "12345"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(ports: Ports, field: str, value: object) -> None:
    wrong = company_details(**{field: value})

    assert list(company_mistakes(wrong)) == [field]
    with pytest.raises(InvalidField) as refused:
        sign_up_company(ports, form(), wrong)
    assert refused.value.field == field


def test_a_question_is_asked_and_answered_and_the_decision_mailed(town: Town) -> None:
    ports = town.ports
    actor = company_applicant(ports)
    key = company_of(actor)

    ask_company(ports, actor=ADMIN, organization_id=key, question="How many vans?")
    answer(ports, actor=actor, subject_id=key, answer="Forty.")
    approve_company(ports, actor=ADMIN, organization_id=key)

    found = standing(ports, actor=actor)
    assert (found.organization.open, found.application.answer) == (True, "Forty.")
    assert mailed(town, actor) == [
        "A question about your application",
        "Welcome to autodoctor: you are approved",
    ]


def test_another_company_answers_nothing_for_this_one(ports: Ports) -> None:
    actor, other = company_applicant(ports), company_applicant(ports)
    ask_company(ports, actor=ADMIN, organization_id=company_of(actor), question="How many?")

    with pytest.raises(Missing):
        answer(ports, actor=other, subject_id=company_of(actor), answer="Forty.")


def test_the_mail_of_an_approval_leads_to_the_companys_dashboard(town: Town) -> None:
    actor = company_owner(town.ports)

    with town.ports.transactions(SYSTEM) as tx:
        email = tx.accounts.get(actor.account_id).email.text
    assert "/corporate/dashboard\n" in letters(town, email)[-1].text


def test_a_rejected_company_hands_in_again_and_an_approved_one_does_not(town: Town) -> None:
    ports = town.ports
    actor = company_applicant(ports)
    reject_company(ports, actor=ADMIN, organization_id=company_of(actor), reason="No registration.")

    again = apply_again(ports, actor=actor, details=company_details(registration_number="BN 2"))
    approve_company(ports, actor=ADMIN, organization_id=company_of(actor))

    assert again.application.status is ApplicationStatus.SUBMITTED
    assert standing(ports, actor=actor).organization.open
    assert mailed(town, actor)[0] == "About your application"
    with pytest.raises(ApplicationElsewhere):
        apply_again(ports, actor=actor, details=company_details())


def test_a_profile_changes_and_the_tier_stays(ports: Ports) -> None:
    actor, waits = company_owner(ports), company_applicant(ports)
    other = company_details(name="Swifter Couriers", tier="enterprise")

    change_profile(ports, actor=actor, details=other)

    found = profile(ports, actor=actor)
    assert (found.name, found.tier) == ("Swifter Couriers", Tier.STARTER)
    with pytest.raises(OrganizationNotApproved):
        change_profile(ports, actor=waits, details=other)


def test_a_suspended_companys_staff_are_out_and_it_is_written_down_and_told(town: Town) -> None:
    ports = town.ports
    actor = company_owner(ports)
    key, person = company_of(actor), logged_in(ports, actor)

    suspend_company(ports, actor=ADMIN, organization_id=key, reason="Unpaid.")
    suspend_company(ports, actor=ADMIN, organization_id=key, reason="Again.")

    assert look(ports, token=person.token) is None
    with ports.transactions(SYSTEM) as tx:
        account = tx.accounts.get(actor.account_id)
    with pytest.raises(OrganizationSuspended):
        enter(ports, account, role=Role.CORPORATE, address="", agent="")
    found = dossier(ports, actor=ADMIN, organization_id=key)
    assert found.organization.suspension_reason == "Unpaid."
    assert [deed.action for deed in found.deeds] == [
        *("suspend company", "approve organization application")
    ]

    reinstate_company(ports, actor=ADMIN, organization_id=key, reason="Settled.")
    reinstate_company(ports, actor=ADMIN, organization_id=key, reason="Settled.")
    assert standing(ports, actor=actor).organization.open
    assert mailed(town, actor)[1:] == [
        "Swift Couriers is suspended",
        "Swift Couriers is open again",
    ]


def test_one_that_was_never_approved_is_not_suspended(ports: Ports) -> None:
    key = company_of(company_applicant(ports))

    with pytest.raises(OrganizationNeverApproved):
        suspend_company(ports, actor=ADMIN, organization_id=key, reason="Why.")


def test_staff_set_a_tier_with_what_was_agreed_and_write_it_down(ports: Ports) -> None:
    key = company_of(company_owner(ports))
    wanted = Subscription(tier="enterprise", seats=80, monthly_price=Money(70_000))

    after = set_tier(
        ports, actor=ADMIN, organization_id=key, subscription=wanted, reason="As agreed."
    )

    assert (after.tier, after.agreed) == (Tier.ENTERPRISE, Agreed(80, Money(70_000)))
    deed = dossier(ports, actor=ADMIN, organization_id=key).deeds[0]
    assert (deed.action, deed.reason) == ("set tier", "As agreed.")
    assert deed.facts == {"tier": "enterprise", "seats": 80, "price_minor": 70_000}


def test_a_tier_that_not_everybody_fits_into_is_refused(ports: Ports) -> None:
    key = company_of(company_owner(ports, tier="professional"))
    for _ in range(11):
        an_employee(ports.transactions, organization_id=key)
    starter, half = Subscription(tier="starter"), Subscription(tier="enterprise", seats=60)

    with pytest.raises(TierTooSmall):
        set_tier(ports, actor=ADMIN, organization_id=key, subscription=starter, reason="Less.")
    with pytest.raises(InvalidField):
        set_tier(ports, actor=ADMIN, organization_id=key, subscription=half, reason="More.")


def test_what_staff_do_is_theirs_alone(ports: Ports) -> None:
    actor = company_owner(ports)
    key = company_of(actor)

    for step in (
        lambda: companies(ports, actor=actor, which=CompanyFilter(shown=CompaniesShown.OPEN)),
        lambda: dossier(ports, actor=actor, organization_id=key),
        lambda: approve_company(ports, actor=actor, organization_id=key),
        lambda: suspend_company(ports, actor=actor, organization_id=key, reason="Why."),
        lambda: reinstate_company(
            ports, actor=actor, organization_id=OrganizationId(key), reason="."
        ),
        lambda: set_tier(
            ports,
            actor=actor,
            organization_id=key,
            subscription=Subscription(tier="starter"),
            reason="Why.",
        ),
    ):
        with pytest.raises(WrongRole):
            step()
