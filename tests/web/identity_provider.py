"""A provider of identity on loopback: what OpenID Connect asks for, and every way to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from stocktaking.accounts.rules.providers import IdentityProvider

CLIENT, SECRET = "register", "a secret between the two"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Quiet(WSGIRequestHandler):
    def log_message(self, *told: Any) -> None:
        pass


@dataclass
class MockProvider:
    """``claims`` is said of whoever signs in; ``lie`` changes the token before it is signed, and
    ``sign`` signs it otherwise. ``document`` overrides what the discovery document says."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lie: Callable[[dict[str, Any]], Any] = lambda claims: None
    sign: Callable[[dict[str, Any]], str] = lambda claims: signed(claims)
    document: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    token_status: str = "200 OK"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def configured(self, **stated: Any) -> IdentityProvider:
        return IdentityProvider(
            **{
                "id": "example",
                "name": "Example ID",
                "issuer": self.issuer,
                "client_id": CLIENT,
                "client_secret": SECRET,
                **stated,
            }
        )

    def authorize(self, location: str, **changed: str) -> str:
        """What the browser of somebody who agrees is sent back with."""
        asked = {key: found[0] for key, found in parse_qs(urlsplit(location).query).items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer} | changed
        return f"{urlsplit(asked['redirect_uri']).path}?{urlencode(back)}"

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/token": self.token,
            "/userinfo": lambda _sent: self.userinfo,
        }
        length = int(environ.get("CONTENT_LENGTH") or 0)
        sent = parse_qs(environ["wsgi.input"].read(length).decode())
        path = environ["PATH_INFO"]
        answer = pages[path]({key: found[0] for key, found in sent.items()})
        status = self.token_status if path == "/token" else "200 OK"
        start(status, [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def discovery(self, _sent: dict[str, str]) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.document

    def keys(self, _sent: dict[str, str]) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        self.exchanged.append(sent)
        asked = self.codes.pop(sent["code"], None)
        if asked is None or sent["client_secret"] != SECRET or not _proves(asked, sent):
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
        } | self.claims
        self.lie(claims)
        claims = {key: value for key, value in claims.items() if value is not None}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.sign(claims)}


def signed(claims: dict[str, Any], *, key: Any = KEY, kid: str = "one", alg: str = "RS256") -> str:
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid})


def _proves(asked: dict[str, str], sent: dict[str, str]) -> bool:
    """PKCE: whoever exchanges the code is who asked for it."""
    digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked.get("code_challenge")


@contextmanager
def running() -> Iterator[MockProvider]:
    provider = MockProvider()
    server = make_server("127.0.0.1", 0, provider, handler_class=Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
