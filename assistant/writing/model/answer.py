"""The shape of a writer's answer, and the drafts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.domain.audience import Channel
from assistant.domain.slots import ANY_BRACE
from assistant.writing.drafts import Draft

Schema = dict[str, Any]


def titled(channel: Channel) -> bool:
    """Whether a text of the channel begins with a title or subject."""
    return channel.parts[0] in ("title", "subject")


def answer_schema(angles: Sequence[str], count: int, with_title: bool, *, exact: bool = True) -> Schema:
    """What an answer must be to be of use: variants, each with an angle, a title (perhaps empty) and a body.

    `count` of them where `exact`, else at least one: a server without constrained decoding may miscount.
    """
    title: Schema = {"type": "string", "minLength": 1} if with_title else {"type": "string", "enum": [""]}
    variant: Schema = {
        "type": "object",
        "properties": {
            "angle": {"type": "string", "enum": list(angles)},
            "title": title,
            "body": {"type": "string", "minLength": 1},
        },
        "required": ["angle", "title", "body"],
        "additionalProperties": False,
    }
    size = {"minItems": count, "maxItems": count} if exact else {"minItems": 1}
    return {
        "type": "object",
        "properties": {"variants": {"type": "array", "items": variant, **size}},
        "required": ["variants"],
        "additionalProperties": False,
    }


def decoding_schema(angles: Sequence[str], count: int, with_title: bool, slots: Sequence[str]) -> Schema:
    """The same for constrained decoding: no digit and no brace can be written but those of a listed slot.

    Control characters are shut out as well, which not every grammar does by itself (xgrammar#800).
    """
    schema = answer_schema(angles, count, with_title)
    fields = schema["properties"]["variants"]["items"]["properties"]
    choice = "|".join(re.escape(slot) for slot in slots)
    word = r"[^{}0-9０-９%％\x00-\x1f]" + (f"|{choice}" if choice else "")
    # A pattern of its own says that something stands there; minLength beside a pattern is refused by some backends.
    fields["body"] = {"type": "string", "pattern": f"^(?:{word}|\\n)+$"}
    if with_title:
        fields["title"] = {"type": "string", "pattern": f"^(?:{word})+$"}
    return schema


def drafts_of(
    content: Mapping[str, Any], channel: Channel, slots: Sequence[str], *, whole: bool = True
) -> Iterator[Draft]:
    """The answer's drafts in order, without those that hold a slot which was not offered (it could not be filled).

    Where a sentence was asked for, and not a `whole` text, a draft is its body alone.
    """
    between = "\n\n" if channel.id == "email" else "\n"
    for variant in content["variants"]:
        title, body = " ".join(variant["title"].split()), _plain(variant["body"])
        template = f"{title}{between}{body}" if whole and titled(channel) else body
        if body and all(brace in slots for brace in ANY_BRACE.findall(template)):
            yield Draft(template, variant["angle"])


def variant_of(draft: Draft, channel: Channel, *, whole: bool = True) -> dict[str, str]:
    """A draft as the model once answered it; `whole` as for `drafts_of`."""
    title, _, body = draft.template.partition("\n") if whole and titled(channel) else ("", "", draft.template)
    return {"angle": draft.angle, "title": title, "body": body.strip()}


def _plain(text: str) -> str:
    """The text without control characters, which some grammars let through; its line ends stay."""
    kept = "".join(sign for sign in text if sign == "\n" or sign.isprintable())
    return re.sub(r"\n{3,}", "\n\n", kept).strip()
