"""A model in this process keeps the contract of a model, with a real forward pass."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.models.answer import validate
from assistant.models.endpoint import Endpoint, chat_model
from assistant.models.tokens import Tokens, own_ranks
from assistant.writing.scripts.model.asked import Asked, Wanted
from eval.tiny_model import make
from tests.conftest import ROOT
from tests.contract.model_contract import ModelContract
from tests.contract.schemas import ENDLESS
from tests.contract.served import Served, together

pytestmark = pytest.mark.xdist_group("local")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("model") / "tiny", ROOT)


@pytest.fixture(scope="session")
def served(folder: Path) -> Served:
    url = f"local:{folder}"
    return Served(Endpoint(url, "tiny", max_tokens=400), {"COPYDESK_MODEL_URL": url, "COPYDESK_MODEL_TIMEOUT": "60"})


@pytest.mark.timeout(600)
class TestLocal(ModelContract):
    """All of it, in process."""


def test_a_text_comes_piece_by_piece(served: Served) -> None:
    model = chat_model(Endpoint(served.endpoint.url, "tiny", max_tokens=24))
    held = {"type": "json_schema", "json_schema": {"name": "answer", "schema": ENDLESS}}
    pieces = [str(chunk.content) for chunk in model.stream("Say something.", response_format=held)]
    assert len(pieces) > 3 and "".join(pieces).startswith("{")


def test_the_same_seed_says_the_same(served: Served) -> None:
    model = chat_model(Endpoint(served.endpoint.url, "tiny", max_tokens=24))
    said = [model.invoke("Say something.", seed=seed).content for seed in (3, 3, 4)]
    assert said[0] == said[1] != said[2]


def test_tokens_are_counted_by_the_models_own_tokenizer(served: Served) -> None:
    tokens = Tokens(served.endpoint)
    assert tokens("一笔定期存款") > 0 and tokens.exact
    assert "tiny" in tokens.name


def test_without_a_model_tokens_are_counted_by_the_projects_own_ranks() -> None:
    tokens = Tokens()
    text = "到期后本金和利息转回原账户。"
    assert tokens(text) == own_ranks(text) and not tokens.exact
    assert len(text) / 3 < tokens(text) < 2 * len(text)


@pytest.mark.parametrize("what", ["nothing", "broken"])
def test_a_folder_without_a_model_is_told_as_such(tmp_path: Path, what: str) -> None:
    if what == "broken":
        (tmp_path / "config.json").write_text('{"model_type": "qwen3"')
    with pytest.raises(SettingsError, match=r"holds no model|cannot be loaded"):
        chat_model(Endpoint(f"local:{tmp_path}", "tiny"))


def copied(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to / "copy"))


def test_a_tokenizer_that_is_another_models_is_told_as_such(folder: Path, tmp_path: Path) -> None:
    own = copied(folder, tmp_path)
    config = json.loads((own / "tokenizer.json").read_text("utf-8"))
    largest = max(config["model"]["vocab"].values(), default=0)
    extra = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
    config["added_tokens"] += [{"id": largest + 100 + n, "content": f"<more{n}>", **extra} for n in range(9)]
    (own / "tokenizer.json").write_text(json.dumps(config), "utf-8")
    with pytest.raises(SettingsError, match=r"does not match the model.*own tokenizer"):
        chat_model(Endpoint(f"local:{own}", "tiny"))


def test_a_model_that_knows_no_conversations_is_told_as_such(folder: Path, tmp_path: Path) -> None:
    own = copied(folder, tmp_path)
    (own / "chat_template.jinja").unlink()
    with pytest.raises(SettingsError, match="no chat template"):
        chat_model(Endpoint(f"local:{own}", "tiny"))


def test_the_schema_of_a_call_is_held_to(served: Served) -> None:
    asked = Wanted({"purpose": Asked(("{you}",)), "advice": Asked(("{pack.phone}",), count=2)})
    (answer,) = together(served.structured, ("Say it.", asked.schema(exact=True)))
    validate(answer.content, asked.schema(exact=True))
