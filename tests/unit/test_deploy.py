"""What `deploy/` hands an operator is shut tight, and names nothing that the desk does not know."""

from __future__ import annotations

import configparser
import re
import shutil
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import FILE, Settings, read_settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
KNOWN = {one.name for one in fields(Settings)}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", ["desk", "seal", "expire", "postgres"])
def test_a_container_writes_nowhere_but_in_its_volumes(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"] not in ("root", "0", "0:0")
    assert {volume.split(":")[0] for volume in service["volumes"]} <= set(compose["volumes"])


def test_only_the_desk_is_reached_from_outside_and_only_from_this_machine(compose: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert ports == {"desk": ["127.0.0.1:7860:7860"]}
    assert compose["networks"]["inside"]["internal"] is True
    assert compose["services"]["postgres"]["networks"] == compose["services"]["vllm"]["networks"] == ["inside"]


def test_every_server_says_whether_it_is_well(compose: dict[str, Any]) -> None:
    for name in ("postgres", "vllm"):
        assert compose["services"][name]["healthcheck"]["test"]
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "/readyz" in image and re.search(r"^USER 10001", image, re.MULTILINE)


def test_no_password_stands_in_a_file() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DEPLOY.iterdir()))
    assert not re.search(r"://[^/\s@]+:[^/\s@]+@", text)
    assert re.findall(r"PASSWORD: (\S+?):", text) == ["${COPYDESK_DB_PASSWORD"] * 2


@pytest.mark.parametrize("name", ["copydesk.service", "copydesk-seal.service", "copydesk-expire.service"])
def test_a_unit_is_confined(name: str) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / name)
    service = unit["Service"]
    shut = {"ProtectSystem": "strict", "ProtectHome": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": ""}
    assert {key: service[key] for key in shut} == shut and service["DynamicUser"] == "yes"


def test_every_setting_that_is_named_is_one() -> None:
    named = set[str]()
    for path in DEPLOY.iterdir():
        named |= set(re.findall(r"COPYDESK_([A-Z_]+)", path.read_text(encoding="utf-8")))
    assert {one.lower() for one in named} - KNOWN == {"db_password", "models"}  # Compose's own


def test_the_sample_is_read_and_so_is_each_line_that_stands_in_a_comment(tmp_path: Path) -> None:
    shutil.copy(DEPLOY / FILE, tmp_path)
    assert read_settings({}, tmp_path).log == "json"
    text = (DEPLOY / FILE).read_text(encoding="utf-8")
    spare = "\n".join(re.findall(r"^# (\w+ = .*)$", text, re.MULTILINE))
    assert len(tomllib.loads(spare)) >= 5
    (tmp_path / FILE).write_text(spare, encoding="utf-8")
    read_settings({}, tmp_path)
