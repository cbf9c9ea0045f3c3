"""A folder with the search index of the pack, made once for all tests of scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap.desk import Desk
from assistant.checks.engine import CheckEngine
from assistant.domain.pack import Pack
from assistant.models.scripted import ScriptedEndpoint
from assistant.models.scripted_reply import Reply
from assistant.models.scripted_words import answer
from assistant.settings import Settings

Asking = Callable[..., Desk]


@pytest.fixture(scope="session")
def first_desk(bank: Pack, engine: CheckEngine, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk(Settings(home=tmp_path_factory.mktemp("home")))
    made.__dict__.update(pack=bank, engine=engine)
    assert made.search
    return made


@pytest.fixture
def asking(first_desk: Desk) -> Iterator[Asking]:
    """Desks whose model answers by a script over real HTTP: `asking(reply, …)`; plain words where none is given."""
    servers: list[ScriptedEndpoint] = []

    def made(script: Any = answer, **settings: Any) -> Desk:
        server = ScriptedEndpoint([script] if isinstance(script, Reply) else script)
        servers.append(server)
        server.__enter__()
        home: Path = first_desk.settings.home
        desk = Desk(Settings(home=home, model_url=server.url, model_name="scripted", **settings))
        shared = {name: first_desk.__dict__[name] for name in ("pack", "engine", "search")}
        desk.__dict__.update(shared, server=server)
        return desk

    yield made
    for server in servers:
        server.__exit__(None, None, None)
