"""Claims that wait, in memory."""

from autodoctor.adapters.memory.rows import MemoryStore
from autodoctor.adapters.memory.tables import Tables
from autodoctor.domain.accounts.claim import CODE_MAILED, PendingClaim
from autodoctor.domain.shared.ids import AccountId, ClaimId


class MemoryClaims(MemoryStore[PendingClaim]):
    kind = "claim"
    unique = (lambda each: each.state_hash,)

    def by_state(self, state_hash: bytes, /, *, lock: bool = False) -> PendingClaim | None:  # noqa: ARG002 - a transaction in memory locks everything
        return next((row for row in self._rows.values() if row.state_hash == state_hash), None)

    def remove(self, claim_id: ClaimId, /) -> None:
        self._rows.pop(claim_id, None)


def forget_claims(here: Tables, account_id: AccountId) -> None:
    """Those to the address of the account or by a login that is linked to it, and the mails that
    carried their codes."""
    address = here.accounts[account_id].email.text
    linked = {key for key, each in here.identities.items() if each.account_id == account_id}
    for claim in tuple(here.claims.values()):
        asked = claim.email.text if claim.email else ""
        if address in (asked, claim.claimed_email) or (claim.provider, claim.subject) in linked:
            del here.claims[claim.id]
    for key, queued in tuple(here.mails.items()):
        if (queued.mail.recipient, queued.mail.occasion) == (address, CODE_MAILED):
            del here.mails[key]
