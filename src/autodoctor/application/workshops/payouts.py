"""A workshop's account at the payment provider."""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.workshops import PAYOUTS
from autodoctor.application.payments.payouts import refresh
from autodoctor.application.workshops.own import open_workshop
from autodoctor.domain.shared.actor import Actor
from autodoctor.domain.shared.ids import AccountId
from autodoctor.domain.workshops.workshop import Workshop
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payout_accounts import PayoutAccountState

COMES_BACK = "/workshop/profile/payouts"


def begin_payouts(ports: Ports, *, actor: Actor) -> str:
    """Where the provider asks what it wants to know: an address good for minutes, for its owner
    alone. Asking again goes on with the same account.

    Refusals: SeatTooLow, EmailUnverified, PaymentRefused, PaymentsUnavailable.
    """
    may(actor, PAYOUTS)
    with ports.transactions(actor) as tx:
        tx.accounts.get(actor.account_id).check_verified()
        workshop = open_workshop(tx, actor)
    provider_account = workshop.payout_account or _opened(ports, actor, workshop)
    place = f"{ports.rules.public_url}{COMES_BACK}"
    return ports.payout_accounts.onboarding_link(
        provider_account=provider_account, return_url=place, refresh_url=place
    )


def _opened(ports: Ports, actor: Actor, workshop: Workshop) -> str:
    """Of two at once the first one kept counts; the provider makes one for both."""
    profile = workshop.profile
    opened = ports.payout_accounts.create(
        account_id=AccountId(workshop.id), email=profile.email, country=profile.country
    )
    with ports.transactions(actor) as tx:
        before = open_workshop(tx, actor, lock=True)
        if before.payout_account is not None:
            return before.payout_account
        tx.workshops.save(attrs.evolve(before, payout_account=opened))
        return opened


def payouts_state(ports: Ports, *, actor: Actor) -> PayoutAccountState | None:
    """As the provider says it now, and kept; None before an account was opened. Raises
    PaymentsUnavailable."""
    may(actor, PAYOUTS)
    with ports.transactions(actor) as tx:
        workshop = open_workshop(tx, actor)
    if workshop.payout_account is None:
        return None
    state = ports.payout_accounts.state(workshop.payout_account)
    if state.ready != workshop.payouts_ready:
        refresh(ports, workshop.id, workshop.payout_account)
    return state
