"""Settings come from copydesk.toml and the environment; a slip is told with the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import read_settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('home = "/srv/a"\nmodel_name = "qwen"\n')
    settings = read_settings({"COPYDESK_HOME": "/srv/b"}, tmp_path)
    assert (settings.home, settings.model_name) == (Path("/srv/b"), "qwen")


def test_a_slip_in_the_environment_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="COPYDESK_MODEL_URL"):
        read_settings({"COPYDESK_MODEL_ULR": "http://127.0.0.1"}, tmp_path)


def test_a_slip_in_the_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text('hone = "x"\n')
    with pytest.raises(SettingsError, match="home"):
        read_settings({}, tmp_path)


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_text("home = \n")
    with pytest.raises(SettingsError, match="is not TOML"):
        read_settings({}, tmp_path)


def test_a_word_where_a_number_belongs_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="COPYDESK_PORT"):
        read_settings({"COPYDESK_PORT": "many"}, tmp_path)


def test_the_key_is_never_shown(tmp_path: Path) -> None:
    assert "s3cret" not in repr(read_settings({"COPYDESK_MODEL_KEY": "s3cret"}, tmp_path))
