"""Who sits on a jury: the desk's own model, or the models that a file names."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from assistant.bootstrap.desk import Desk
from assistant.errors import FileError
from assistant.models.endpoint import Endpoint
from assistant.models.structured import Structured
from assistant.writing.model.prompt import load_prompt
from eval.judge.criteria import load_criteria
from eval.judge.judge import Judge
from eval.judge.jury import Juror
from eval.judge.opening import judge_of


class _Seat(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    url: str = Field(min_length=1)
    key_file: Path | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    judges: tuple[_Seat, ...] = Field(min_length=1)


def own_juror(desk: Desk) -> Juror:
    """The desk's own model as a judge. Raises SettingsError where none is set."""
    judge = judge_of(desk)
    assert desk.endpoint is not None
    return Juror(desk.endpoint.name, judge)


def jurors(desk: Desk, path: Path) -> list[tuple[Juror, Structured]]:
    """The judges of a file (`judges: [{name, url, key_file}]`), each with what asks its model. Raises FileError, or
    SettingsError for an address that is none."""
    try:
        seats = _File.model_validate(yaml.safe_load(path.read_text("utf-8"))).judges
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise FileError(f"{path} names no judges: {error}.", "Write judges: [{name: …, url: …}].") from error
    return [_seated(desk, seat, path) for seat in seats]


def _seated(desk: Desk, seat: _Seat, path: Path) -> tuple[Juror, Structured]:
    key = ""
    if seat.key_file is not None:
        where = path.parent / seat.key_file
        try:
            key = where.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise FileError(f"The key of {seat.name} cannot be read from {where}.", "Mend key_file.") from error
    settings = desk.settings
    model = Structured(Endpoint(seat.url, seat.name, SecretStr(key), timeout_s=settings.model_timeout))
    judge = Judge(
        model,
        load_prompt(desk.content / "prompts", "judge"),
        load_criteria(),
        own_hosts=desk.pack.institution.link_hosts,
        deadline_s=settings.model_timeout,
    )
    return Juror(seat.name, judge), model
