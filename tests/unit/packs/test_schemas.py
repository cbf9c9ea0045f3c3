"""The JSON Schemas that editors complete a pack's files by."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from assistant.domain.values import PARSERS
from assistant.packs.schemas import FACT_VALUES, schemas, write_schemas

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FILES = {
    "pack": "pack.yaml",
    "products": "products/*.yaml",
    "campaigns": "campaigns/*.yaml",
    "disclosures": "disclosures.yaml",
    "audience": "audience.yaml",
    "channels": "channels.yaml",
    "rules": "rules/*.yaml",
    "phrases": "phrases/*/*.yaml",
    "lexicon": "lexicon/*.yaml",
}


def plain(value: Any) -> Any:
    """YAML's days as the texts that an editor sees."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schemas()[kind])


def errors(kind: str, content: Any) -> list[str]:
    found = _validator(kind).iter_errors(plain(content))
    return [f"{error.json_path}: {error.message}" for error in found]


def product(**rest: Any) -> dict[str, Any]:
    text = {"zh-Hans": "甲", "zh-Hant": "甲", "en": "A"}
    return {"products": [{"id": "A-1", "type": "fund", "name": text, "summary": text, **rest}]}


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    fresh = {path.name: path.read_text(encoding="utf-8") for path in write_schemas(tmp_path)}
    committed = {path.name: path.read_text(encoding="utf-8") for path in (KNOWLEDGE / "schemas").glob("*.json")}
    stale = [name for name in fresh if committed.get(name) != fresh[name]]
    assert not stale, "run python -m assistant.packs.schemas knowledge/schemas"


@pytest.mark.parametrize("kind", sorted(FILES))
def test_every_file_of_the_banks_pack_fits_its_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schemas()[kind])
    paths = sorted((KNOWLEDGE / "bank").glob(FILES[kind]))
    assert paths
    for path in paths:
        assert errors(kind, yaml.load(path.read_text(encoding="utf-8"), LOADER)) == [], path.name


def test_every_kind_of_fact_has_its_form() -> None:
    assert set(FACT_VALUES) == set(PARSERS)


@pytest.mark.parametrize(
    "fact", [{"rate": 2.2}, {"rate": "2.2"}, {"term": "two years"}, {"rate": "2%", "money": 1}, {}, {"speed": 1}]
)
def test_a_fact_of_a_wrong_form_is_no_fact(fact: dict[str, Any]) -> None:
    assert errors("products", product(facts={"rate": fact}))
    assert not errors("products", product(facts={"rate": {"rate": "2.20%"}}))


def test_a_key_that_no_model_has_and_a_name_in_two_languages_are_errors() -> None:
    assert "risks" in errors("products", product(risks="R2"))[0]
    assert errors("products", product(name={"zh-Hans": "甲", "en": "A"}))


def test_one_word_stands_for_a_list_of_one() -> None:
    assert not errors("products", product(channels="sms"))
    assert not errors("products", product(channels=["sms", "call"]))
    assert errors("products", product(channels=5))


def test_a_schema_that_is_current_is_not_written_again(tmp_path: Path) -> None:
    before = [path.stat().st_mtime_ns for path in write_schemas(tmp_path)]
    assert [path.stat().st_mtime_ns for path in write_schemas(tmp_path)] == before
