"""A provider that says what a test wants it to say: OpenID Connect, Apple's way of it, and
Facebook's. It checks what we send it: PKCE, and the client's secret."""

import json
import socket
import subprocess
import sys
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

from support import plain
from support.waiting import until


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def provider_process(port: int, *arguments: str) -> Iterator[str]:
    """One that is not ours, in a process of its own, under this address."""
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        assert process.poll() is None, "the provider has not started"
        try:
            return plain.get(f"{url}/jwks", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    until("the provider", answers)


@attrs.define
class Speaker:
    """`claims` go into the next ID token; `challenge` is what the code was asked with; `asked`
    is what was sent to it."""

    url: str
    key: RSAKey = attrs.field(factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict[str, Any] = attrs.field(factory=dict)
    header: dict[str, Any] = attrs.field(factory=dict)
    signs_with: RSAKey | None = None
    challenge: str = ""
    person: dict[str, Any] = attrs.field(factory=dict)
    broken: bool = False
    asked: list[dict[str, str]] = attrs.field(factory=list)

    def document(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
        }

    def id_token(self, *, nonce: str = "our nonce", **changes: Any) -> None:
        """What the next exchange gives: right in everything but the changes."""
        at = int(time.time())
        right = {
            "iss": self.url,
            "sub": "subject-1",
            "aud": "our-client",
            "iat": at,
            "exp": at + 300,
            "nonce": nonce,
            "email": "dana@example.com",
            "email_verified": True,
        }
        self.claims = {name: value for name, value in (right | changes).items() if value != ""}

    def expect(self, verifier: str) -> None:
        digest = sha256(verifier.encode()).digest()
        self.challenge = urlsafe_b64encode(digest).decode().rstrip("=")

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        self.asked.append(form)
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        if urlsafe_b64encode(digest).decode().rstrip("=") != self.challenge:
            return {"error": "invalid_grant"}
        header = {"alg": "RS256", "kid": "one"} | self.header
        signed = jwt.encode(header, self.claims, self.signs_with or self.key)
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": signed}


@contextmanager
def speaking() -> Iterator[Speaker]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            if path.endswith("/me"):
                speaker.asked.append({name: value[0] for name, value in query.items()})
                self._say(speaker.person)
            elif path.endswith("/jwks"):
                self._say({"keys": [speaker.key.as_dict(private=False)]})
            else:
                self._say(speaker.document())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(speaker.token({name: value[0] for name, value in parse_qs(body).items()}))

        def _say(self, what: dict[str, Any]) -> None:
            content = b"<html>" if speaker.broken else json.dumps(what).encode()
            self.send_response(400 if "error" in what else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    speaker = Speaker(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield speaker
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
