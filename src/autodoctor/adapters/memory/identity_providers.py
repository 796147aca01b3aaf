"""Another provider that tests speak for: a code stands for what it says of somebody."""

from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import IdentityRefused, Offered, ProviderUnknown


class MemoryIdentityProviders:
    """`says[code]` is who comes back with that code; it works once."""

    def __init__(self, slug: str = "example", label: str = "Example") -> None:
        self._offered = Offered(slug, label)
        self.says: dict[str, Claimed] = {}

    def offered(self) -> tuple[Offered, ...]:
        return (self._offered,)

    def address(self, slug: str, /, *, state: str, nonce: str, verifier: str) -> str:
        self._check(slug)
        assert nonce != verifier, "each is made anew"
        return f"https://provider.example/authorize?state={state}"

    def claim(self, slug: str, /, *, code: str, nonce: str, verifier: str) -> Claimed:
        self._check(slug)
        if code not in self.says or nonce == verifier:
            raise IdentityRefused("code")
        return self.says.pop(code)

    def _check(self, slug: str) -> None:
        if slug != self._offered.slug:
            raise ProviderUnknown()
