"""WebAuthn's two ceremonies. The relying party is the site's own host."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from autodoctor.domain.accounts.account import Account
from autodoctor.domain.accounts.factor import Passkey
from autodoctor.ports.identity import Ceremony, PasskeyRefused

NAME: Final = "autodoctor"


class WebAuthnCeremonies:
    """It stands beside a password, so that being there is enough and no PIN is asked for."""

    def __init__(self, public_url: str) -> None:
        parts = urlsplit(public_url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._host = parts.hostname or ""

    def enrol(self, account: Account, known: Iterable[Passkey], /) -> Ceremony:
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name=NAME,
            user_id=account.id.bytes,
            user_name=account.email.text,
            user_display_name=account.name,
            exclude_credentials=_descriptors(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement.DISCOURAGED,
            ),
        )
        return Ceremony(webauthn.options_to_json(options), options.challenge)

    def enrolled(self, answer: str, /, *, challenge: bytes) -> tuple[bytes, bytes, int]:
        try:
            found = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
            )
        except (WebAuthnException, ValueError) as error:
            raise PasskeyRefused() from error
        return found.credential_id, found.credential_public_key, found.sign_count

    def ask(self, known: Iterable[Passkey], /) -> Ceremony:
        options = webauthn.generate_authentication_options(
            rp_id=self._host,
            allow_credentials=_descriptors(known),
            user_verification=UserVerificationRequirement.DISCOURAGED,
        )
        return Ceremony(webauthn.options_to_json(options), options.challenge)

    def credential_of(self, answer: str, /) -> bytes:
        try:
            return parse_authentication_credential_json(answer).raw_id
        except (WebAuthnException, ValueError) as error:
            raise PasskeyRefused() from error

    def answered(self, answer: str, /, *, passkey: Passkey, challenge: bytes) -> int:
        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
            )
        except (WebAuthnException, ValueError) as error:
            raise PasskeyRefused() from error
        return found.new_sign_count


def _descriptors(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in known]
