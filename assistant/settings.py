"""The one reader of the environment and of copydesk.toml."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

PREFIX = "COPYDESK_"
FILE = "copydesk.toml"
_WORDS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}


@dataclass(frozen=True)
class Settings:
    """Every setting, as `copydesk.toml` (`home = "…"`) or the environment (`COPYDESK_HOME`) gives it.

    The environment wins over the file. `model_key`, `embedding_key`, `webhook_secret` and `oidc_client_secret` are
    secrets and never shown, nor is `database_url`, which may hold a password.
    """

    home: Path = Path(".copydesk")
    content: Path | None = None
    data: str | None = None
    database_url: str | None = field(default=None, repr=False)
    model_url: str | None = None
    model_name: str | None = None
    model_key: str | None = field(default=None, repr=False)
    model_path: Path | None = None
    model_timeout: float = 60.0
    model_concurrency: int = 32
    model_seed: bool = True
    model_max_tokens: int = 2048
    script_timeout: float = 30.0
    embedding_url: str | None = None
    embedding_name: str | None = None
    embedding_key: str | None = field(default=None, repr=False)
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    public_url: str = ""
    small_cells: int = 10
    busy_seconds: float = 10.0
    host: str = "127.0.0.1"
    port: int = 7860
    lang: str | None = None
    session_hours: float = 12.0
    session_idle_minutes: float = 60.0
    password_memory: int = 65536
    password_rounds: int = 3
    trusted_header: str | None = None
    trusted_peers: str | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_scope: str = "openid profile"
    oidc_login: str = "preferred_username"
    oidc_claim: str = "groups"
    oidc_roles: str | None = None
    oidc_manager: str | None = None
    oidc_team: str | None = None
    seals: Path | None = None
    seal_key: Path | None = None
    ray_address: str | None = None
    log: str | None = None
    otel_url: str | None = None

    def over(self, **given: Any) -> Settings:
        """The same settings with those replaced that are not None."""
        return replace(self, **{key: value for key, value in given.items() if value is not None})


def read_settings(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of a folder and an environment. Raises SettingsError with the nearest key for a slip."""
    environment = os.environ if environment is None else environment
    path = (folder or Path()) / FILE
    stated: dict[str, tuple[Any, str]] = {}
    for key, value in _file(path).items():
        stated[key] = (value, f"{path}: {key}")
    for name, value in environment.items():
        if name.startswith(PREFIX) and value:
            stated[name.removeprefix(PREFIX).lower()] = (value, name)
    known = {one.name: one for one in fields(Settings)}
    values: dict[str, Any] = {}
    for key, (value, place) in stated.items():
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            mend = f"Did you mean {_like(place, close[0])}?" if close else f"Known: {', '.join(sorted(known))}."
            raise SettingsError(f"{place} is no setting.", mend)
        values[key] = _typed(str(known[key].type), value, place)
    return Settings(**values)


def silence_ray() -> None:
    """Ray reports its use to its makers unless the environment says no."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


def _like(place: str, name: str) -> str:
    return f"{PREFIX}{name.upper()}" if place.startswith(PREFIX) else name


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}.", 'Write lines such as home = "/srv/copydesk".') from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}).", "Check its rights.") from error


def _typed(kind: str, value: Any, place: str) -> Any:
    try:
        if kind.startswith("Path"):
            return Path(str(value)).expanduser()
        if kind == "float":
            return float(value)
        if kind == "int":
            return int(value)
        if kind == "bool":
            return _WORDS[str(value).strip().lower()]
    except ValueError:
        raise SettingsError(f"{place} = {value} is no number.", "Write a number.") from None
    except KeyError:
        raise SettingsError(f"{place} = {value} is neither yes nor no.", "Write true or false.") from None
    if not isinstance(value, str):
        raise SettingsError(f"{place} must be a text.", "Put it in quotes.")
    return value
