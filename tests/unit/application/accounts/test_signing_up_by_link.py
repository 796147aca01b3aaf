"""The link of somebody else's sign-up opens an account of one's own: it shows whose the mailbox
is."""

import re

import attrs
import pytest

from autodoctor.application.accounts.sign_in import CredentialsWrong, sign_in
from autodoctor.application.accounts.sign_up import (
    SignUp,
    VerificationLinkInvalid,
    sign_up,
    sign_up_by_link,
    sign_up_customer,
    verify_email,
)
from autodoctor.application.notifications.allowance import TooManyMails
from autodoctor.domain.accounts.consent import REQUIRED
from autodoctor.domain.accounts.standing import Standing
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.errors import InvalidField
from autodoctor.domain.shared.ids import AccountId
from autodoctor.testing.ports import Town
from support.newcomers import PASSWORD, letters

ADDRESS = "casey@example.com"
STRANGERS = SignUp(
    email=ADDRESS, password="a stranger's words", full_name="Stranger", consents=frozenset(REQUIRED)
)
OWN = attrs.evolve(STRANGERS, password=PASSWORD, full_name="Casey Driver")


def links(town: Town) -> list[str]:
    texts = "".join(each.text for each in letters(town, ADDRESS))
    return re.findall(r"/verify\?token=(\S+)", texts)


def standing(town: Town, account_id: AccountId) -> Standing:
    with town.kept(SYSTEM) as tx:
        return tx.accounts.get(account_id).standing


def comes_in(town: Town, password: str) -> AccountId:
    signed_in = sign_in(
        town.ports,
        email=ADDRESS,
        password=password,
        role=Role.CUSTOMER,
        address="192.0.2.1",
        agent="tests",
    )
    return signed_in.account.id


def test_strangers_who_use_up_the_mail_keep_the_owner_from_nothing(town: Town) -> None:
    strangers = [sign_up_customer(town.ports, STRANGERS) for _ in range(4)]
    with pytest.raises(TooManyMails):
        sign_up_customer(town.ports, OWN)

    own = sign_up_by_link(town.ports, OWN, token=links(town)[-1])

    with town.kept(SYSTEM) as tx:
        assert tx.accounts.get(own).verified
        assert {each.kind for each in tx.consents.of(own)} >= set(REQUIRED)
    assert {standing(town, each) for each in strangers} == {Standing.CLOSED}
    assert comes_in(town, PASSWORD) == own
    with pytest.raises(CredentialsWrong):
        comes_in(town, STRANGERS.password)
    assert links(town) == [], "nothing more is mailed, and the others are forgotten"


def test_the_address_is_that_of_the_link(town: Town) -> None:
    sign_up_customer(town.ports, STRANGERS)
    lie = attrs.evolve(OWN, email="other@example.com")

    own = sign_up_by_link(town.ports, lie, token=links(town)[0])

    with town.kept(SYSTEM) as tx:
        assert tx.accounts.get(own).email.text == ADDRESS


def test_a_link_opens_one_account(town: Town) -> None:
    sign_up_customer(town.ports, STRANGERS)
    (link,) = links(town)
    sign_up_by_link(town.ports, OWN, token=link)

    for late in (link, "made up"):
        with pytest.raises(VerificationLinkInvalid):
            sign_up_by_link(town.ports, OWN, token=late)


def test_a_link_that_has_verified_its_own_sign_up_opens_no_other_account(town: Town) -> None:
    first = sign_up(town.ports, STRANGERS, role=Role.MECHANIC)
    (link,) = links(town)
    verify_email(town.ports, token=link, holder=first)

    with pytest.raises(VerificationLinkInvalid):
        sign_up_by_link(town.ports, OWN, token=link)


def test_after_a_mistake_the_link_still_works(town: Town) -> None:
    sign_up_customer(town.ports, STRANGERS)
    (link,) = links(town)

    for mistake in (attrs.evolve(OWN, password="short"), attrs.evolve(OWN, consents=frozenset())):
        with pytest.raises(InvalidField):
            sign_up_by_link(town.ports, mistake, token=link)

    assert sign_up_by_link(town.ports, OWN, token=link)
