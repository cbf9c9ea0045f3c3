"""JSON Schemas of a pack's files, so that an editor completes them.

Run `python -m assistant.packs.schemas knowledge/schemas` after a change of the models.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from assistant.domain.audience import AgeBand, Channel, Segment
from assistant.domain.catalogue import Campaign, Disclosure, Product
from assistant.domain.pack import Institution, Lexicon
from assistant.domain.phrase import Phrase
from assistant.domain.plan import Plans
from assistant.domain.reason import Reason
from assistant.domain.rule import Rule
from assistant.domain.script import Line
from assistant.domain.trigger import ContactPolicy, Measure, Trigger
from assistant.domain.values import LOCALES
from assistant.domain.working_time import WorkCalendar
from assistant.packs.sheets.headings import Headings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = {"type": "string", "minLength": 1}
_PERCENT = {"type": "string", "pattern": r"^\d+(\.\d+)?%$", "description": 'such as "2.20%"'}
_PERIOD = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d)?$", "description": "such as 2026-01-01/"}
_TEXT = {"type": "object", "properties": dict.fromkeys(LOCALES, _WORDS), "additionalProperties": False}
_FULL_TEXT = {**_TEXT, "required": list(LOCALES)}
# A fact is parsed by functions, which pydantic cannot describe; these are the same forms as in domain/values.py.
FACT_VALUES: dict[str, dict[str, Any]] = {
    "rate": _PERCENT,
    "benchmark": _PERCENT,
    "money": {"type": "number", "minimum": 0, "maximum": 1e15},
    "term": {"type": "string", "pattern": r"^\d+ (minute|hour|day|week|month|year)s?$", "description": "24 months"},
    "date": {"type": "string", "format": "date"},
    "period": _PERIOD,
    "count": {"type": "integer", "minimum": 0},
    "reward": _FULL_TEXT,
    "link": {"type": "string", "pattern": r"^https://[a-z0-9.-]+(/\S*)?$"},
    "phone": {"type": "string", "pattern": r"^[\d+][\d-]{4,19}$"},
}
FACT_SCHEMA: dict[str, Any] = {
    "description": 'One kind and its value: {rate: "2.20%"} or {money: 50}.',
    "type": "object",
    "properties": FACT_VALUES,
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
FILES: dict[str, dict[str, type[BaseModel]]] = {
    "products": {"products": Product},
    "campaigns": {"campaigns": Campaign},
    "disclosures": {"disclosures": Disclosure},
    "audience": {"segments": Segment, "ages": AgeBand},
    "channels": {"channels": Channel},
    "rules": {"rules": Rule},
    "phrases": {"phrases": Phrase},
    "triggers": {"triggers": Trigger},
    "measures": {"measures": Measure},
    "reasons": {"reasons": Reason},
    "scripts": {"lines": Line},
}
SINGLE: dict[str, type[BaseModel]] = {
    "pack": Institution,
    "lexicon": Lexicon,
    "headings": Headings,
    "contact": ContactPolicy,
    "calendar": WorkCalendar,
    "plans": Plans,
}
# In the file the locales stand beside `of`; the model holds them in one mapping.
_PHRASES: dict[str, Any] = {"type": "array", "items": _WORDS}
_ASKED_ROW: dict[str, Any] = {
    "type": "object",
    "properties": {"of": _WORDS, **{locale: _PHRASES for locale in LOCALES}},
    "required": ["of"],
    "additionalProperties": False,
}
_ASKED: dict[str, Any] = {
    "type": "object",
    "properties": {"asked": {"type": "array", "items": _ASKED_ROW}},
    "required": ["asked"],
    "additionalProperties": False,
}


class _YamlSchema(GenerateJsonSchema):
    """Pydantic's schemas of what stands in the YAML, where validators accept another form than the type says."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        name = schema["cls"].__name__
        if name == "FactValue":
            return dict(FACT_SCHEMA)
        return _PERIOD | {"title": name} if name == "Period" else super().model_schema(schema)

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        return {"anyOf": [{"type": "string"}, inner]} if _called(schema) == "_as_list" else inner

    def function_after_schema(self, schema: Any) -> JsonSchemaValue:
        inner = super().function_after_schema(schema)
        return dict(_FULL_TEXT) if _called(schema) == "_every_locale" else inner


def _called(schema: CoreSchema) -> str:
    return getattr(schema.get("function", {}).get("function"), "__name__", "")


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the kind of file: pack, products, …"""
    out = {kind: _titled(kind, _described(model)) for kind, model in SINGLE.items()}
    for kind, lists in FILES.items():
        properties: dict[str, Any] = {}
        definitions: dict[str, Any] = {}
        for key, model in lists.items():
            entry = _described(model)
            definitions |= entry.pop("$defs", {})
            definitions[model.__name__] = entry
            properties[key] = {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
        whole = {"type": "object", "properties": properties, "required": list(lists), "additionalProperties": False}
        out[kind] = _titled(kind, {**whole, "$defs": definitions})
    out["asked"] = _titled("asked", _ASKED)
    return out


def _described(model: type[BaseModel]) -> dict[str, Any]:
    return TypeAdapter(model).json_schema(by_alias=True, mode="validation", schema_generator=_YamlSchema)


def _titled(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": DIALECT, **schema, "title": f"Copydesk {kind}"}


def write_schemas(folder: Path) -> list[Path]:
    """Write `<kind>.schema.json` for every kind of file; a file that is current is not touched. Returns all paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, schema in schemas().items():
        path = folder / f"{kind}.schema.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write_schemas(Path(sys.argv[1] if len(sys.argv) > 1 else "knowledge/schemas")):
        print(written)
