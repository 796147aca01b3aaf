"""Other providers people may log in with, as the settings name them. Part of bootstrap: only
an installation that has some imports their adapters."""

from collections.abc import Iterator

from autodoctor.adapters.oauth.apple import apple_settings
from autodoctor.adapters.oauth.facebook import FacebookProvider, FacebookSettings
from autodoctor.adapters.oauth.openid import OpenIdProvider, OpenIdSettings
from autodoctor.adapters.oauth.providers import OAuthProviders, Provider
from autodoctor.entrypoints.settings import OidcProvider, Settings

GOOGLE = "https://accounts.google.com"


def providers(settings: Settings) -> OAuthProviders:
    return OAuthProviders(_configured(settings))


def _configured(settings: Settings) -> Iterator[Provider]:
    if settings.google_client_id:
        google = OidcProvider(
            slug="google",
            label="Google",
            issuer=GOOGLE,
            client_id=settings.google_client_id,
            client_secret=settings.google_client_secret,
        )
        yield _openid(settings, google)
    if settings.apple_client_id:
        yield OpenIdProvider(
            apple_settings(
                client_id=settings.apple_client_id,
                team_id=settings.apple_team_id,
                key_id=settings.apple_key_id,
                private_key=settings.apple_private_key.get_secret_value(),
                redirect_uri=_back(settings, "apple"),
            )
        )
    if settings.facebook_app_id:
        yield FacebookProvider(
            FacebookSettings(
                app_id=settings.facebook_app_id,
                app_secret=settings.facebook_app_secret.get_secret_value(),
                redirect_uri=_back(settings, "facebook"),
            )
        )
    for provider in settings.oidc_providers:
        yield _openid(settings, provider)


def _openid(settings: Settings, provider: OidcProvider) -> OpenIdProvider:
    return OpenIdProvider(
        OpenIdSettings(
            slug=provider.slug,
            label=provider.label,
            issuer=provider.issuer,
            client_id=provider.client_id,
            secret=provider.client_secret.get_secret_value,
            redirect_uri=_back(settings, provider.slug),
        )
    )


def _back(settings: Settings, slug: str) -> str:
    return f"{settings.public_address}/auth/{slug}/callback"
