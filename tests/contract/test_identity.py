"""What people prove themselves with, on both stores."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.email import EmailAddress
from autodoctor.domain.accounts.factor import CodeUsed, CodeWrong, Passkey, Totp
from autodoctor.domain.accounts.identity import Identity, Visit
from autodoctor.domain.accounts.login import Login, Stage
from autodoctor.domain.shared.actor import SYSTEM, Role
from autodoctor.domain.shared.ids import AccountId, LoginId
from autodoctor.ports.accounts import TokenPurpose
from autodoctor.ports.identity import IdentityTaken, PasskeyKnown
from autodoctor.ports.operations import Mail, Notification
from autodoctor.ports.transactions import Transactions

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def somebody(kept: Transactions) -> AccountId:
    account = Account(
        id=AccountId(uuid4()),
        email=EmailAddress(f"{uuid4().hex}@test.example"),
        name="Casey Driver",
        password_hash="!",
        roles=frozenset({Role.ADMIN}),
        created_at=AT,
    )
    with kept(SYSTEM) as tx:
        tx.accounts.add(account)
    return account.id


@pytest.fixture
def who(kept: Transactions) -> AccountId:
    return somebody(kept)


def a_login(who: AccountId, **changes: object) -> Login:
    login = Login(LoginId(uuid4()), who, Role.ADMIN, uuid4().bytes, AT, AT, "192.0.2.7", "tests")
    return attrs.evolve(login, **changes)  # type: ignore[arg-type]


def a_passkey(who: AccountId, **changes: object) -> Passkey:
    passkey = Passkey(uuid4(), who, uuid4().bytes, b"key", 0, "Phone", AT)
    return attrs.evolve(passkey, **changes)  # type: ignore[arg-type]


def test_an_app_is_kept_one_for_each_person(kept: Transactions, who: AccountId) -> None:
    with kept(SYSTEM) as tx:
        assert tx.factors.totp(who) is None
        tx.factors.put(Totp(who, "first"))
        tx.factors.put(Totp(who, "second", 7, AT))

    with kept(SYSTEM) as tx:
        assert tx.factors.totp(who, lock=True) == Totp(who, "second", 7, AT)
        tx.factors.drop(who)
        tx.factors.drop(who)
        assert tx.factors.totp(who) is None


def test_apps_are_read_in_batches(kept: Transactions) -> None:
    people = sorted(somebody(kept) for _ in range(5))
    with kept(SYSTEM) as tx:
        for each in people:
            tx.factors.put(Totp(each, f"secret of {each}"))

    found: list[AccountId] = []
    with kept(SYSTEM) as tx:
        after = AccountId(UUID(int=0))
        while batch := tx.factors.totps_after(after, most=2):
            assert len(batch) <= 2
            assert all(
                app.secret == f"secret of {app.account_id}"
                for app in batch
                if app.account_id in people
            )
            found += [app.account_id for app in batch]
            after = found[-1]

    assert [each for each in found if each in people] == people


def test_a_recovery_code_is_used_once_by_whose_it_is(kept: Transactions, who: AccountId) -> None:
    other = somebody(kept)
    with kept(SYSTEM) as tx:
        tx.factors.put_codes(who, [b"one", b"two"])
        with pytest.raises(CodeWrong) as refused:
            tx.factors.use_code(other, b"one", at=AT)
        assert not isinstance(refused.value, CodeUsed)
        tx.factors.use_code(who, b"one", at=AT)
        with pytest.raises(CodeUsed):
            tx.factors.use_code(who, b"one", at=AT)
        assert tx.factors.codes_left(who) == 1
        tx.factors.put_codes(who, [b"three"])
        with pytest.raises(CodeWrong):
            tx.factors.use_code(who, b"two", at=AT)
        assert tx.factors.codes_left(who) == 1


def test_passkeys_are_kept_oldest_first_and_belong_to_one(
    kept: Transactions, who: AccountId
) -> None:
    other = somebody(kept)
    newer, older = a_passkey(who), a_passkey(who, created_at=AT - timedelta(days=1))
    with kept(SYSTEM) as tx:
        tx.passkeys.add(newer)
        tx.passkeys.add(older)
    with pytest.raises(PasskeyKnown), kept(SYSTEM) as tx:
        tx.passkeys.add(a_passkey(other, credential_id=newer.credential_id))

    with kept(SYSTEM) as tx:
        assert tx.passkeys.of(who) == (older, newer)
        assert tx.passkeys.by_credential(who, newer.credential_id, lock=True) == newer
        assert tx.passkeys.by_credential(other, newer.credential_id) is None
        used = newer.use(5, at=AT)
        tx.passkeys.save(used)
        assert tx.passkeys.of(who)[1] == used
        assert not tx.passkeys.drop(other, newer.id)
        assert tx.passkeys.drop(who, newer.id)
        assert not tx.passkeys.drop(who, newer.id)


def test_a_word_of_a_provider_belongs_to_one_person(kept: Transactions, who: AccountId) -> None:
    subject, other = uuid4().hex, somebody(kept)
    identity = Identity("example", subject, who, AT)
    with kept(SYSTEM) as tx:
        assert tx.identities.find("example", subject) is None
        tx.identities.add(identity)
    with pytest.raises(IdentityTaken), kept(SYSTEM) as tx:
        tx.identities.add(attrs.evolve(identity, account_id=other))

    with kept(SYSTEM) as tx:
        assert tx.identities.find("example", subject) == who
        assert tx.identities.find("another", subject) is None
        assert tx.identities.of(who) == (identity,)
        assert not tx.identities.drop(other, "example")
        assert tx.identities.drop(who, "example")
        assert tx.identities.of(who) == ()


def test_a_visit_is_over_at_its_end(kept: Transactions, who: AccountId) -> None:
    visit = Visit(uuid4().bytes, "example", Role.CUSTOMER, "n", "v", AT, who, "/intake")
    with kept(SYSTEM) as tx:
        tx.visits.begin(visit)

    with kept(SYSTEM) as tx:
        assert tx.visits.take(visit.state_hash, at=AT) is None


def test_a_visit_is_taken_once(kept: Transactions) -> None:
    visit = Visit(uuid4().bytes, "example", Role.ADMIN, "n", "v", AT)
    with kept(SYSTEM) as tx:
        tx.visits.begin(visit)

    before = AT - timedelta(seconds=1)
    with kept(SYSTEM) as tx:
        assert tx.visits.take(visit.state_hash, at=before) == visit
        assert tx.visits.take(visit.state_hash, at=before) is None


def test_visits_of_an_account_can_be_dropped(kept: Transactions, who: AccountId) -> None:
    mine = Visit(uuid4().bytes, "example", Role.CUSTOMER, "n", "v", AT, who)
    theirs = Visit(uuid4().bytes, "example", Role.CUSTOMER, "n", "v", AT, somebody(kept))
    nobodys = Visit(uuid4().bytes, "example", Role.CUSTOMER, "n", "v", AT)
    with kept(SYSTEM) as tx:
        for visit in (mine, theirs, nobodys):
            tx.visits.begin(visit)

    with kept(SYSTEM) as tx:
        tx.visits.drop_of(who)

    before = AT - timedelta(seconds=1)
    with kept(SYSTEM) as tx:
        left = [tx.visits.take(one.state_hash, at=before) for one in (mine, theirs, nobodys)]
    assert left == [None, theirs, nobodys]


def test_logins_of_a_person_are_those_not_ended_last_used_first(
    kept: Transactions, who: AccountId
) -> None:
    older, newer = a_login(who), a_login(who, seen_at=AT + timedelta(minutes=1))
    ended, theirs = a_login(who, ended_at=AT), a_login(somebody(kept))
    with kept(SYSTEM) as tx:
        for login in (older, newer, ended, theirs):
            tx.logins.add(login)

    with kept(SYSTEM) as tx:
        assert tx.logins.of(who) == (newer, older)
        tx.logins.end_all(who, at=AT, but=newer.id)
        assert tx.logins.of(who) == (newer,)
        assert tx.logins.of(theirs.account_id) == (theirs,)


def test_a_stage_is_kept_and_a_challenge_is_taken_once(kept: Transactions, who: AccountId) -> None:
    login = a_login(who, stage=Stage.SECOND_FACTOR, challenge=b"sign this")
    with kept(SYSTEM) as tx:
        tx.logins.add(login)

    with kept(SYSTEM) as tx:
        found = tx.logins.find(login.token_hash)
        assert found is not None
        assert found[0] == login
        assert tx.logins.take_challenge(login.id) == b"sign this"
        assert tx.logins.take_challenge(login.id) is None


def test_a_token_keeps_its_detail_and_can_be_made_void(kept: Transactions, who: AccountId) -> None:
    used, open_one, other = (uuid4().bytes for _ in range(3))
    purpose = TokenPurpose.CHANGE_EMAIL
    with kept(SYSTEM) as tx:
        for token in (used, open_one):
            tx.tokens.issue(
                token, account_id=who, purpose=purpose, expires_at=AT, detail="a@b.example"
            )
        tx.tokens.issue(other, account_id=who, purpose=TokenPurpose.ADD_HAT, expires_at=AT)
        before = AT - timedelta(seconds=1)
        assert tx.tokens.take(used, purpose=purpose, at=before) == who
        tx.tokens.void(who, purpose=purpose)

        assert tx.tokens.detail_of(used) == "a@b.example"
        assert tx.tokens.detail_of(b"unknown") == ""
        assert tx.tokens.take(open_one, purpose=purpose, at=before) is None
        assert tx.tokens.take(other, purpose=TokenPurpose.ADD_HAT, at=before) == who


def test_forgetting_takes_what_tells_who_it_was_and_nothing_of_others(
    kept: Transactions, who: AccountId
) -> None:
    other = somebody(kept)
    for each in (who, other):
        _leave_traces(kept, each)

    with kept(SYSTEM) as tx:
        tx.erasure.forget(who)

    assert _traces(kept, who) == (False, 0, 0, 0, 0, "")
    assert _traces(kept, other) == (True, 1, 1, 1, 1, "192.0.2.7")


def _leave_traces(kept: Transactions, who: AccountId) -> None:
    with kept(SYSTEM) as tx:
        tx.factors.put(Totp(who, "sealed"))
        tx.factors.put_codes(who, [uuid4().bytes])
        tx.passkeys.add(a_passkey(who))
        tx.identities.add(Identity("example", uuid4().hex, who, AT))
        tx.logins.add(a_login(who))
        tx.notifications.add(
            Notification(
                id=uuid4(), account_id=who, occasion="x", reference="1", title="t", url="/", at=AT
            )
        )
        tx.mails.queue(
            Mail(
                id=uuid4(),
                recipient=f"{who}@test.example",
                occasion="x",
                reference="1",
                subject="s",
                text="t",
                html="h",
                account_id=who,
            ),
            at=AT,
        )


def _traces(kept: Transactions, who: AccountId) -> tuple[bool, int, int, int, int, str]:
    with kept(SYSTEM) as tx:
        (login,) = tx.logins.of(who)
        return (
            tx.factors.totp(who) is not None,
            tx.factors.codes_left(who),
            len(tx.passkeys.of(who)),
            len(tx.identities.of(who)),
            len(tx.notifications.of(who, most=9)),
            login.address,
        )
