"""How a mechanic works and is paid: chosen once, changed any time."""

import attrs

from autodoctor.application.access.may import may
from autodoctor.application.access.mechanics import ONBOARD
from autodoctor.application.payments.payouts import refresh
from autodoctor.domain.mechanics.particulars import Particulars, ServiceTier
from autodoctor.domain.shared.actor import Actor
from autodoctor.ports.bundle import Ports
from autodoctor.ports.payout_accounts import PayoutAccountState

COMES_BACK = "/mechanic/onboarding/stripe/complete"
ASKS_AGAIN = "/mechanic/onboarding/stripe"


def particulars(ports: Ports, *, actor: Actor) -> Particulars:
    may(actor, ONBOARD)
    with ports.transactions(actor) as tx:
        return tx.particulars.get(actor.mechanic_id)


def choose_tier(ports: Ports, *, actor: Actor, tier: ServiceTier) -> Particulars:
    """Again changes nothing."""
    may(actor, ONBOARD)
    with ports.transactions(actor) as tx:
        tx.mechanics.get(actor.mechanic_id, lock=True)
        before = tx.particulars.get(actor.mechanic_id)
        after = before.choose_tier(tier)
        return before if after is before else tx.particulars.save(after)


def confirm_virtual_only(ports: Ports, *, actor: Actor) -> Particulars:
    """Chooses it, too. Again changes nothing."""
    may(actor, ONBOARD)
    with ports.transactions(actor) as tx:
        tx.mechanics.get(actor.mechanic_id, lock=True)
        before = tx.particulars.get(actor.mechanic_id)
        after = before.confirm_virtual_only(at=ports.now())
        return before if after == before else tx.particulars.save(after)


def begin_payouts(ports: Ports, *, actor: Actor) -> str:
    """Where the provider asks what it wants to know: an address good for minutes, for its owner
    alone. Asking again goes on with the same account.

    Refusals: EmailUnverified, PaymentRefused, PaymentsUnavailable.
    """
    may(actor, ONBOARD)
    with ports.transactions(actor) as tx:
        account = tx.accounts.get(actor.account_id)
        account.check_verified()
        known = tx.mechanics.get(actor.mechanic_id).payout_account
        country = tx.particulars.get(actor.mechanic_id).payout_country or "CA"
    provider_account = known or _opened(ports, actor, email=account.email.text, country=country)
    site = ports.rules.public_url
    return ports.payout_accounts.onboarding_link(
        provider_account=provider_account,
        return_url=f"{site}{COMES_BACK}",
        refresh_url=f"{site}{ASKS_AGAIN}",
    )


def _opened(ports: Ports, actor: Actor, *, email: str, country: str) -> str:
    """Of two at once the first one kept counts; the provider makes one for both."""
    opened = ports.payout_accounts.create(account_id=actor.account_id, email=email, country=country)
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id, lock=True)
        if mechanic.payout_account is not None:
            return mechanic.payout_account
        tx.mechanics.save(attrs.evolve(mechanic, payout_account=opened))
        return opened


def payouts_state(ports: Ports, *, actor: Actor) -> PayoutAccountState | None:
    """As the provider says it now, and kept; None before an account was opened. Raises
    PaymentsUnavailable."""
    may(actor, ONBOARD)
    with ports.transactions(actor) as tx:
        mechanic = tx.mechanics.get(actor.mechanic_id)
    if mechanic.payout_account is None:
        return None
    state = ports.payout_accounts.state(mechanic.payout_account)
    if state.ready != mechanic.payouts_ready:
        refresh(ports, actor.account_id, mechanic.payout_account)
    return state
