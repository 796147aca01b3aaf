"""Buttons of other providers: only of those that are set up."""

import attrs

from autodoctor.domain.shared.actor import Role
from autodoctor.ports.bundle import Ports


@attrs.frozen
class ProviderButton:
    label: str
    action: str
    role: str


def provider_buttons(ports: Ports, role: Role) -> tuple[ProviderButton, ...]:
    return tuple(
        ProviderButton(f"Continue with {one.label}", f"/auth/{one.slug}", role.value)
        for one in ports.providers.offered()
    )
