"""People, what they agreed to, and the tokens by which they are known."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autodoctor.domain.accounts.account import Account, Standing
from autodoctor.domain.accounts.consent import Consent, ConsentKind
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.login import Login
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId, LoginId
from autodoctor.ports.accounts import EmailTaken, TokenPurpose
from autodoctor.ports.transactions import Transactions
from support.scenery import AT, an_account, new_account, new_workshop

HOUR = timedelta(hours=1)


def accounts() -> st.SearchStrategy[Account]:
    return st.builds(
        Account,
        id=st.builds(uuid4).map(AccountId),
        email=st.builds(lambda: EmailAddress(f"{uuid4().hex}@test.example")),
        name=st.text(st.characters(exclude_categories=("C",)), max_size=20),
        password_hash=st.text("abc$=", max_size=20),
        roles=st.frozensets(st.sampled_from(Role)),
        created_at=st.just(AT),
        phone=st.sampled_from(["", "+1 416 555 0123"]),
        time_zone=st.sampled_from(["America/Toronto", "UTC"]),
        language=st.sampled_from(["en", "fr"]),
        standing=st.sampled_from(Standing),
        verified_at=st.none() | st.just(AT),
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(account=accounts())
def test_any_account_comes_back_as_it_was(kept: Transactions, account: Account) -> None:
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)

    with kept(SYSTEM) as tx:
        assert tx.accounts.get(account.id) == account
        found = tx.accounts.by_email(account.email), tx.accounts.pending(account.email)
        assert found == ((account, ()) if account.verified else (None, (account,)))


def test_the_staff_of_a_workshop_belong_to_it(kept: Transactions) -> None:
    workshop = new_workshop()
    account = attrs.evolve(new_account(Role.WORKSHOP), workshop_id=workshop.id)

    with kept(SYSTEM) as tx:
        tx.workshops.add(workshop)
        tx.accounts.add(account)

    with kept(SYSTEM) as tx:
        assert tx.accounts.get(account.id).workshop_id == workshop.id


def test_an_address_that_is_known_is_taken(kept: Transactions) -> None:
    account = new_account(verified_at=AT)
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)

    with pytest.raises(EmailTaken), kept(SYSTEM) as tx:
        tx.accounts.add(new_account(email=account.email, verified_at=AT))

    with kept(SYSTEM) as tx:
        assert tx.accounts.by_email(account.email) == account


def test_nobody_moves_to_an_address_that_is_known(kept: Transactions) -> None:
    one, other = new_account(verified_at=AT), new_account(verified_at=AT)
    with kept(SYSTEM) as tx:
        tx.accounts.add(one)
        tx.accounts.add(other)

    with pytest.raises(EmailTaken), kept(SYSTEM) as tx:
        tx.accounts.save(attrs.evolve(one, email=other.email))


def test_any_number_of_sign_ups_wait_with_one_address(kept: Transactions) -> None:
    owner = new_account(verified_at=AT)
    old, new = new_account(email=owner.email), new_account(email=owner.email, created_at=AT + HOUR)
    with kept(SYSTEM) as tx:
        for each in (old, new, owner):
            tx.accounts.add(each)

    with kept(SYSTEM) as tx:
        assert tx.accounts.by_email(owner.email) == owner
        assert tx.accounts.pending(owner.email) == (new, old)
        locked = tx.accounts.pending(owner.email, lock=True)
        assert [each.id for each in locked] == sorted((old.id, new.id))
    with pytest.raises(EmailTaken), kept(SYSTEM) as tx:
        tx.accounts.save(old.verify(at=AT))


def test_a_sign_up_is_found_by_its_hash_the_newest_of_several(kept: Transactions) -> None:
    owner = new_account(verified_at=AT, password_hash="same")
    old = new_account(email=owner.email, password_hash="same")
    new = new_account(email=owner.email, password_hash="same", created_at=AT + HOUR)
    other = new_account(email=owner.email, password_hash="other")
    elsewhere = new_account(password_hash="elsewhere")
    with kept(SYSTEM) as tx:
        for each in (old, new, other, elsewhere, owner):
            tx.accounts.add(each)

    with kept(SYSTEM) as tx:
        found = [tx.accounts.pending_with(owner.email, each) for each in ("same", "other")]
        assert found == [new, other]
        assert tx.accounts.pending_with(owner.email, "elsewhere") is None


def test_an_unknown_address_is_nobodys(kept: Transactions) -> None:
    with kept(SYSTEM) as tx:
        assert tx.accounts.by_email(EmailAddress("nobody@test.example")) is None


def test_the_first_time_of_a_consent_is_kept(kept: Transactions) -> None:
    account_id = an_account(kept).account_id
    first = Consent(account_id, ConsentKind.TERMS, "2026-01", AT)

    with kept(SYSTEM) as tx:
        tx.consents.add([first])
        tx.consents.add([attrs.evolve(first, given_at=AT + HOUR)])

    with kept(SYSTEM) as tx:
        assert tx.consents.of(account_id) == (first,)


def test_a_withdrawn_consent_stays_in_every_version_with_the_first_time_it_was_withdrawn(
    kept: Transactions,
) -> None:
    mine, other = (an_account(kept).account_id for _ in range(2))
    news, terms = ConsentKind.MARKETING, ConsentKind.TERMS
    theirs, agreed = (
        Consent(each, kind, "2026-01", AT) for each, kind in ((other, news), (mine, terms))
    )
    given = tuple(Consent(mine, news, each, AT) for each in ("2025-07", "2026-01"))

    with kept(SYSTEM) as tx:
        tx.consents.add([*given, theirs, agreed])
    for at in (AT + HOUR, AT + 2 * HOUR):
        with kept(SYSTEM) as tx:
            tx.consents.withdraw(mine, news, at=at)

    with kept(SYSTEM) as tx:
        withdrawn = tuple(attrs.evolve(each, withdrawn_at=AT + HOUR) for each in given)
        assert tx.consents.of(mine) == (*withdrawn, agreed)
        assert tx.consents.of(other) == (theirs,)


def test_a_consent_is_not_withdrawn_before_it_was_given(kept: Transactions) -> None:
    news = Consent(an_account(kept).account_id, ConsentKind.MARKETING, "2026-01", AT)

    with kept(SYSTEM) as tx:
        tx.consents.add([news])
        tx.consents.withdraw(news.account_id, news.kind, at=AT - HOUR)

    with kept(SYSTEM) as tx:
        assert tx.consents.of(news.account_id) == (attrs.evolve(news, withdrawn_at=AT),)


@pytest.mark.parametrize("later", [timedelta(), HOUR])
def test_a_consent_that_is_given_again_is_another_one(kept: Transactions, later: timedelta) -> None:
    account_id = an_account(kept).account_id
    first = Consent(account_id, ConsentKind.MARKETING, "2026-01", AT)
    again = attrs.evolve(first, given_at=AT + later)

    with kept(SYSTEM) as tx:
        tx.consents.add([first])
        tx.consents.withdraw(account_id, first.kind, at=AT)
    for _ in range(2):
        with kept(SYSTEM) as tx:
            tx.consents.add([again])

    with kept(SYSTEM) as tx:
        assert tx.consents.of(account_id) == (attrs.evolve(first, withdrawn_at=AT), again)


def test_consents_are_told_by_kind_and_in_the_order_they_were_given(kept: Transactions) -> None:
    mine, other = (an_account(kept).account_id for _ in range(2))
    old_terms = Consent(mine, ConsentKind.TERMS, "2025-07", AT)
    new_terms = Consent(mine, ConsentKind.TERMS, "2026-01", AT + HOUR)
    adult = Consent(mine, ConsentKind.ADULT, "2026-01", AT + HOUR)

    with kept(SYSTEM) as tx:
        tx.consents.add([new_terms, adult, old_terms])
        tx.consents.add([Consent(other, ConsentKind.TERMS, "2026-01", AT)])
        tx.consents.add([])

    with kept(SYSTEM) as tx:
        assert tx.consents.of(mine) == (adult, old_terms, new_terms)
        assert tx.consents.of(AccountId(uuid4())) == ()


def a_login(account_id: AccountId) -> Login:
    return Login(
        LoginId(uuid4()), account_id, Role.CUSTOMER, uuid4().bytes, AT, AT, "127.0.0.1", "tests"
    )


def test_a_login_is_found_with_its_person(kept: Transactions) -> None:
    account = new_account()
    login = a_login(account.id)
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
        tx.logins.add(login)

    with kept(SYSTEM) as tx:
        assert tx.logins.find(login.token_hash) == (login, account)
        assert tx.logins.find(b"of nobody") is None


def test_a_login_that_has_ended_is_found_all_the_same(kept: Transactions) -> None:
    login = a_login(an_account(kept).account_id)
    ended = attrs.evolve(login, seen_at=AT + HOUR, ended_at=AT + HOUR)
    with kept(SYSTEM) as tx:
        tx.logins.add(login)
        tx.logins.save(ended)

    with kept(SYSTEM) as tx:
        found = tx.logins.find(login.token_hash)

    assert found is not None
    assert found[0] == ended


def test_using_a_login_does_not_bring_it_back(kept: Transactions) -> None:
    account_id = an_account(kept).account_id
    running, ended = a_login(account_id), a_login(account_id)
    with kept(SYSTEM) as tx:
        tx.logins.add(running)
        tx.logins.add(ended)
        tx.logins.save(ended.end(at=AT))

    with kept(SYSTEM) as tx:
        tx.logins.touch(running.id, at=AT + HOUR)
        tx.logins.touch(ended.id, at=AT + HOUR)

    with kept(SYSTEM) as tx:
        found = [tx.logins.find(login.token_hash) for login in (running, ended)]
    assert [(each[0].seen_at, each[0].ended_at) for each in found if each] == [
        (AT + HOUR, None),
        (AT, AT),
    ]


def test_keeping_a_login_does_not_bring_it_back(kept: Transactions) -> None:
    login = a_login(an_account(kept).account_id)
    later = attrs.evolve(login, created_at=AT + HOUR)
    with kept(SYSTEM) as tx:
        tx.logins.add(login)
        tx.logins.end_all(login.account_id, at=AT)

    with kept(SYSTEM) as tx:
        tx.logins.save(attrs.evolve(later, confirmed_at=AT))

    with kept(SYSTEM) as tx:
        found = tx.logins.find(login.token_hash)
        latest = tx.logins.latest(login.account_id)
        assert tx.logins.latest(AccountId(uuid4())) is None
    assert found is not None
    assert (found[0].ended_at, found[0].confirmed_at) == (AT, AT)
    assert latest == found[0]


def test_all_logins_of_one_person_end_and_those_that_had_ended_keep_their_time(
    kept: Transactions,
) -> None:
    mine, other = (an_account(kept).account_id for _ in range(2))
    before, running, theirs = a_login(mine), a_login(mine), a_login(other)
    with kept(SYSTEM) as tx:
        for login in (before, running, theirs):
            tx.logins.add(login)
        tx.logins.save(attrs.evolve(before, ended_at=AT))

    with kept(SYSTEM) as tx:
        tx.logins.end_all(mine, at=AT + HOUR)

    with kept(SYSTEM) as tx:
        found = [tx.logins.find(login.token_hash) for login in (before, running, theirs)]
    assert [each[0].ended_at for each in found if each] == [AT, AT + HOUR, None]


def issued(kept: Transactions) -> tuple[bytes, AccountId]:
    """A token to verify an address with, good for an hour."""
    token, account_id = uuid4().bytes, an_account(kept).account_id
    with kept(SYSTEM) as tx:
        tx.tokens.issue(
            token, account_id=account_id, purpose=TokenPurpose.VERIFY_EMAIL, expires_at=AT + HOUR
        )
    return token, account_id


def taken(
    kept: Transactions,
    token: bytes,
    *,
    purpose: TokenPurpose = TokenPurpose.VERIFY_EMAIL,
    after: timedelta = timedelta(0),
) -> AccountId | None:
    with kept(SYSTEM) as tx:
        return tx.tokens.take(token, purpose=purpose, at=AT + after)


def test_a_token_is_taken_once(kept: Transactions) -> None:
    token, account_id = issued(kept)

    assert [taken(kept, token) for _ in range(2)] == [account_id, None]


def test_whose_a_token_is_can_be_asked_before_it_is_taken(kept: Transactions) -> None:
    token, account_id = issued(kept)
    purpose, late = TokenPurpose.VERIFY_EMAIL, AT + HOUR

    with kept(SYSTEM) as tx:
        assert tx.tokens.owner_of(token, purpose=purpose, at=AT) == account_id
        assert tx.tokens.owner_of(token, purpose=purpose, at=late) is None
        assert tx.tokens.owner_of(token, purpose=TokenPurpose.ADD_HAT, at=AT) is None
    assert taken(kept, token) == account_id
    with kept(SYSTEM) as tx:
        assert tx.tokens.owner_of(token, purpose=purpose, at=AT) is None


def test_all_links_of_an_account_are_void_at_once(kept: Transactions) -> None:
    token, account_id = issued(kept)
    others, _ = issued(kept)
    with kept(SYSTEM) as tx:
        purpose, until = TokenPurpose.CHANGE_EMAIL, AT + HOUR
        tx.tokens.issue(b"2" + token, account_id=account_id, purpose=purpose, expires_at=until)

    with kept(SYSTEM) as tx:
        tx.tokens.void(account_id)

    assert taken(kept, token) is None
    assert taken(kept, b"2" + token, purpose=TokenPurpose.CHANGE_EMAIL) is None
    assert taken(kept, others) is not None


def test_a_token_that_is_unknown_or_for_something_else_is_not_taken(kept: Transactions) -> None:
    token, account_id = issued(kept)

    assert taken(kept, b"of nobody") is None
    assert taken(kept, token, purpose=TokenPurpose.RESET_PASSWORD) is None
    assert taken(kept, token) == account_id, "asking wrongly does not use it up"


def test_a_token_ends_at_the_moment_it_expires(kept: Transactions) -> None:
    token, account_id = issued(kept)

    assert taken(kept, token, after=HOUR) is None
    assert taken(kept, token, after=HOUR - timedelta(microseconds=1)) == account_id


def test_a_token_is_not_used_up_when_what_it_was_for_fails(kept: Transactions) -> None:
    token, account_id = issued(kept)

    def fail() -> None:
        with kept(SYSTEM) as tx:
            tx.tokens.take(token, purpose=TokenPurpose.VERIFY_EMAIL, at=AT)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()

    assert taken(kept, token) == account_id
