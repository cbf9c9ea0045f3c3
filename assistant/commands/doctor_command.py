"""copydesk doctor: whether everything that the desk needs is well."""

from __future__ import annotations

import argparse
import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.commands.common import desk_of, line
from assistant.errors import CopydeskError

if TYPE_CHECKING:
    from assistant.models.endpoint import Endpoint

_WAIT_S = 5.0
"""Seconds that a model's server has to list its models."""


def options(parser: argparse.ArgumentParser) -> None:
    """The form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(given: argparse.Namespace) -> int:
    """A row a part: well, or what is wrong and the mend. Exit 1 where something is wrong."""
    sick = False
    for part, well, words in examined(given):
        sick |= not well
        if given.json:
            line({"part": part, "well": well, "words": words})
        else:
            print(f"{'✓' if well else '✗'} {part:10} {words}")
    return 1 if sick else 0


def examined(given: argparse.Namespace) -> Iterator[tuple[str, bool, str]]:
    """Part, whether it is well, and words."""
    desk = desk_of(given)

    def pack() -> str:
        return f"{desk.pack.id}, version {desk.pack.version}, {len(desk.pack.facts)} facts"

    def rules() -> str:
        return f"{len(desk.engine.pack.rules)} rules compiled"

    def index() -> str:
        return f"{len(desk.search.entries)} entries"

    def store() -> str:
        return ", ".join(f"{count} {name}" for name, count in desk.drafts.count().items())

    def disk() -> str:
        free = shutil.disk_usage(desk.settings.home if desk.settings.home.exists() else ".").free
        if free < 200_000_000:
            raise CopydeskError(f"only {free / 1e6:.0f} MB are free", "Free some space.")
        return f"{free / 1e9:.0f} GB free"

    def model() -> str:
        return _model(desk.endpoint)

    parts: dict[str, Callable[[], str]] = {
        "content": lambda: str(desk.content),
        "pack": pack,
        "rules": rules,
        "index": index,
        "database": store,
        "disk": disk,
        "model": model,
    }
    for name, look in parts.items():
        try:
            yield name, True, look()
        except CopydeskError as error:
            yield name, False, str(error)


def _model(endpoint: Endpoint | None) -> str:
    """Where the model is and that it is there. Raises CopydeskError where it is not."""
    if endpoint is None:
        return "none is set: the phrase writer writes"
    if endpoint.local is not None:
        if not (endpoint.local / "config.json").is_file():
            raise CopydeskError(f"{endpoint.local} holds no model", "Give a folder with config.json and weights.")
        return endpoint.url
    from assistant.models.probe import looked
    from assistant.models.probed import nearest_first

    served = asyncio.run(looked(replace(endpoint, timeout_s=min(_WAIT_S, endpoint.timeout_s))))
    if endpoint.name not in served:
        near = ", ".join(nearest_first(endpoint.name, served)[:12])
        raise CopydeskError(
            f"{endpoint.shown} lists no model {endpoint.name}, but: {near}.", "Set COPYDESK_MODEL_NAME."
        )
    return f"{endpoint.name} at {endpoint.shown}"
