"""The providers of an installation, by their slugs."""

from collections.abc import Iterable

from autodoctor.adapters.oauth.facebook import FacebookProvider
from autodoctor.adapters.oauth.openid import OpenIdProvider
from autodoctor.domain.accounts.identity import Claimed
from autodoctor.ports.identity import Offered, ProviderUnknown

Provider = OpenIdProvider | FacebookProvider


class OAuthProviders:
    def __init__(self, providers: Iterable[Provider] = ()) -> None:
        self._providers = {one.settings.slug: one for one in providers}

    def offered(self) -> tuple[Offered, ...]:
        every = (one.settings for one in self._providers.values())
        return tuple(Offered(one.slug, one.label) for one in every)

    def address(self, slug: str, /, *, state: str, nonce: str, verifier: str) -> str:
        return self._one(slug).address(state=state, nonce=nonce, verifier=verifier)

    def claim(self, slug: str, /, *, code: str, nonce: str, verifier: str) -> Claimed:
        return self._one(slug).claim(code=code, nonce=nonce, verifier=verifier)

    def _one(self, slug: str) -> Provider:
        if slug not in self._providers:
            raise ProviderUnknown()
        return self._providers[slug]
