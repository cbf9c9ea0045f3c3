"""An OpenID Connect provider: found by its issuer, asked by code with PKCE, believed by its signature."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from assistant.domain.person import Person, Role
from assistant.errors import CopydeskError, InputError, NotSignedIn, SettingsError
from assistant.models.endpoint import trusted
from assistant.review.accounts import login_of
from assistant.settings import Settings

WELL_KNOWN = "/.well-known/openid-configuration"
# Signatures by a key that only the provider has: neither "none" nor one by the secret that both know.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
LEEWAY_S = 60
TIMEOUT_S = 10.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Pending:
    """A sign-in that was begun: what must come back, and where it then goes."""

    state: str
    nonce: str
    verifier: str
    to: str


@dataclass
class Provider:
    """The provider of the settings. What it tells of itself is asked once; its keys again when one is unknown."""

    settings: Settings
    roles: Mapping[str, Role]
    redirect: str
    _told: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, settings: Settings) -> Provider | None:
        """By the settings; None where none is set. SettingsError for what cannot work."""
        if settings.oidc_issuer is None:
            return None
        if settings.oidc_client_id is None or settings.oidc_roles is None:
            mend = "Set oidc_client_id and oidc_roles."
            raise SettingsError("oidc_issuer is set without its client and roles.", mend)
        _https(settings.oidc_issuer, "oidc_issuer")
        base = (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")
        return cls(settings, roles_of(settings.oidc_roles), f"{base}/login/oidc/back")

    def address(self, pending: Pending) -> str:
        """Where the browser goes to sign in."""
        with self._client() as client:
            url, _state = client.create_authorization_url(
                self._metadata("authorization_endpoint"),
                state=pending.state,
                code_verifier=pending.verifier,
                nonce=pending.nonce,
            )
        return str(url)

    def arrived(self, pending: Pending, code: str) -> tuple[str, Person]:
        """Who came back with a code: their identity (issuer and subject), and the person that the claims tell of.

        NotSignedIn where the answer cannot be believed, or no role of the desk is theirs.
        """
        endpoint = self._metadata("token_endpoint")
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    endpoint, grant_type="authorization_code", code=code, code_verifier=pending.verifier
                )
            claims = self._claims(str(answer["id_token"]), pending.nonce)
        except (OAuthError, JoseError, KeyError, ValueError) as error:
            raise NotSignedIn("The identity provider's answer cannot be believed.", "Sign in again.") from error
        except httpx2.HTTPError as error:
            raise _silent(error) from error
        return f"{claims['iss']}|{claims['sub']}", self._person(claims)

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        try:
            signed = jwt.decode(token, self._key_set(), algorithms=SIGNATURES)
        except InvalidKeyIdError:
            signed = jwt.decode(token, self._key_set(anew=True), algorithms=SIGNATURES)
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": str(self.settings.oidc_client_id)},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        registry.validate(signed.claims)
        party = signed.claims.get("azp", self.settings.oidc_client_id)
        if party != self.settings.oidc_client_id:
            raise ValueError("the token was made for another client")
        return dict(signed.claims)

    def _person(self, claims: Mapping[str, Any]) -> Person:
        settings = self.settings
        groups = claims.get(settings.oidc_claim, ())
        named = [groups] if isinstance(groups, str) else [str(one) for one in groups or ()]
        roles = tuple(sorted({self.roles[one] for one in named if one in self.roles}))
        if not roles:
            mend = f"Ask for a group that oidc_roles knows; the claim read is {settings.oidc_claim}."
            raise NotSignedIn("The identity provider names no role at this desk.", mend)
        try:
            login = login_of(str(claims.get(settings.oidc_login, "")))
        except InputError as error:
            raise NotSignedIn(f"The claim {settings.oidc_login} is no name for an account.", error.mend) from error
        more = {name: claims.get(claim) for name, claim in self._own_claims.items()}
        told = {name: str(value)[:64] for name, value in more.items() if value}
        return Person(login=login, name=str(claims.get("name") or login)[:80], roles=roles, **told)

    @property
    def _own_claims(self) -> dict[str, str]:
        pairs = {"manager": self.settings.oidc_manager, "team": self.settings.oidc_team}
        return {name: claim for name, claim in pairs.items() if claim}

    @property
    def _issuer(self) -> str:
        return str(self.settings.oidc_issuer).rstrip("/") if not self._told else str(self._told["issuer"])

    def _client(self) -> Any:
        settings = self.settings
        return OAuth2Client(
            settings.oidc_client_id, settings.oidc_client_secret, scope=settings.oidc_scope,
            redirect_uri=self.redirect, code_challenge_method="S256", timeout=TIMEOUT_S, trust_env=False,
            verify=trusted(),
        )  # fmt: skip

    def _metadata(self, key: str) -> str:
        """What the provider tells of itself. It must be the issuer that was asked."""
        with self._lock:
            if not self._told:
                issuer = str(self.settings.oidc_issuer).rstrip("/")
                told = self._asked(issuer + WELL_KNOWN)
                if str(told.get("issuer", "")).rstrip("/") != issuer:
                    raise SettingsError(f"{issuer} says that it is {told.get('issuer')}.", "Set oidc_issuer to that.")
                self._told = told
        address = str(self._told.get(key, ""))
        _https(address, key)
        return address

    def _key_set(self, anew: bool = False) -> KeySet:
        if self._keys is None or anew:
            self._keys = KeySet.import_key_set(self._asked(self._metadata("jwks_uri")))  # type: ignore[arg-type]
        return self._keys

    def _asked(self, url: str) -> dict[str, Any]:
        try:
            answer = httpx2.get(url, timeout=TIMEOUT_S, trust_env=False, verify=trusted()).raise_for_status().json()
        except (httpx2.HTTPError, ValueError) as error:
            raise _silent(error) from error
        if not isinstance(answer, dict):
            raise _silent(ValueError(f"{url} gave no object"))
        return answer


def roles_of(words: str) -> dict[str, Role]:
    """`copy-writers=marketer, copy-checkers=checker` → which group has which role. SettingsError for another role."""
    found: dict[str, Role] = {}
    for pair in (one.strip() for one in words.split(",") if one.strip()):
        group, _, name = (part.strip() for part in pair.rpartition("="))
        role = next((one for one in get_args(Role) if one == name), None)
        if not group or role is None:
            mend = f"Write group=role, the roles being {', '.join(get_args(Role))}."
            raise SettingsError(f"oidc_roles: “{pair}” gives no role.", mend)
        found[group] = role
    return found


def _https(address: str, key: str) -> None:
    """A provider over plain HTTP is believed on this machine only."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SettingsError(f"{key} is no https address: {address[:80]}.", "Name the provider's https address.")


def _silent(error: Exception) -> CopydeskError:
    return CopydeskError(f"The identity provider does not answer ({type(error).__name__}).", "Try again in a while.")
