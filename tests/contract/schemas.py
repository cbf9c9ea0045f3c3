"""Schemas of every kind that the desk asks with."""

from __future__ import annotations

from typing import Any

from assistant.writing.model.answer import decoding_schema


def closed(**fields: Any) -> dict[str, Any]:
    """A schema of an object with these fields and no other."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


SHORT = {"type": "string", "maxLength": 20}
PLAIN = closed(kind={"enum": ["gain", "ease"]}, code={"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$"}, title=SHORT)
ROWS = {"type": "array", "minItems": 3, "maxItems": 3, "items": closed(name=SHORT, sure={"type": "boolean"})}
SLOTS = ["{product.name}", "{product.rate}", "{campaign.link}"]
SCHEMAS = {
    "enum, pattern, maxLength": PLAIN,
    "an array of objects": closed(rows=ROWS),
    "the desk's own, titled": decoding_schema(["gain", "ease", "fit"], 2, True, SLOTS),
    "the desk's own, untitled": decoding_schema(["gain"], 3, False, []),
}
ENDLESS = closed(text={"type": "string", "minLength": 8000})
"""Takes far longer to answer than any test waits."""
