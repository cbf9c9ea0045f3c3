"""The judge that a desk's settings name."""

from __future__ import annotations

from assistant.bootstrap.desk import Desk
from assistant.errors import SettingsError
from assistant.writing.model.prompt import load_prompt
from eval.judge.criteria import load_criteria
from eval.judge.judge import Judge


def judge_of(desk: Desk) -> Judge:
    """A judge that asks the desk's model. Raises SettingsError where none is set."""
    if desk.structured is None:
        raise SettingsError(
            "A judge needs a model, and none is set.", "Set COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME."
        )
    return Judge(
        desk.structured,
        load_prompt(desk.content / "prompts", "judge"),
        load_criteria(),
        own_hosts=desk.pack.institution.link_hosts,
        deadline_s=desk.settings.model_timeout,
    )
