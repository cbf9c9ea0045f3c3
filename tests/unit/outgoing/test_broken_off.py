"""An export whose process is killed before its files are in place was never there, and one is not done twice."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.export import Export
from assistant.errors import Refused
from assistant.review.exporting import running
from assistant.review.exporting.staging import abandoned, drafted
from tests.unit.outgoing.conftest import MAKER, NOW, order, rows_of

SOON = NOW + dt.timedelta(minutes=1)


def killed(desk: Desk, work: Callable[[], object], patch: pytest.MonkeyPatch) -> None:
    """Do something in a process of its own that is killed when all is noted and no file is in its place yet."""
    desk.database.close()
    child = os.fork()
    if child == 0:
        patch.setattr(running, "publish", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        work()
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def acts(desk: Desk, own: str) -> list[str]:
    return [row.act for row in desk.audit.rows(subject=f"export:{own}")]


def test_a_scheduled_export_that_was_broken_off_is_written_by_the_next_run(
    released: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = released.outgoing.exports
    own = exports.schedule(order(send_at=SOON), MAKER, NOW).id
    killed(released, lambda: exports.run(own, MAKER, SOON), monkeypatch)
    assert released.outgoing.export_store.export(own).stand == "done"
    (again,) = list(exports.run_due(MAKER, SOON))
    assert isinstance(again, Export) and again.id == own and rows_of(again.file)
    assert acts(released, own) == ["schedule_export", "export", "export_broken_off", "export"]
    assert not list(Path(again.file).parent.glob(".*")) and list(exports.run_due(MAKER, SOON)) == []


def test_an_export_of_which_nobody_was_told_has_failed_and_leaves_nothing(
    released: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out, exports = tmp_path / "out" / "may.csv", released.outgoing.exports
    killed(released, lambda: exports.make(order(), MAKER, NOW, out), monkeypatch)
    assert list(out.parent.glob(".*")) and not out.exists()
    done = exports.make(order(), MAKER, SOON, out)
    first = next(one for one in released.outgoing.export_store.listed() if one.id != done.id)
    assert (first.stand, acts(released, first.id)) == ("failed", ["export", "export_broken_off"])
    assert {one.name for one in out.parent.iterdir()} == {"may.csv", "may.csv.meta.json"}


def test_what_a_campaign_system_has_taken_away_is_not_written_again(released: Desk) -> None:
    exports = released.outgoing.exports
    own = exports.schedule(order(send_at=SOON), MAKER, NOW).id
    done = exports.run(own, MAKER, SOON)
    Path(done.file).unlink()
    assert list(exports.run_due(MAKER, SOON)) == [] and released.outgoing.export_store.export(own).stand == "done"


def test_of_two_who_run_an_export_at_once_one_does(released: Desk) -> None:
    exports = released.outgoing.exports
    own = exports.schedule(order(send_at=SOON), MAKER, NOW).id

    def run(_: int) -> bool:
        try:
            return bool(exports.run(own, MAKER, SOON))
        except Refused as refused:
            assert refused.code in ("state", "busy")
            return False

    with ThreadPoolExecutor(4) as several:
        assert sorted(several.map(run, range(4))) == [False, False, False, True]
    assert acts(released, own).count("export") == 1


def test_what_somebody_writes_at_this_moment_is_not_abandoned(tmp_path: Path) -> None:
    with drafted(tmp_path / "may.csv", "1") as draft:
        draft.write_text("half")
        assert list(abandoned(tmp_path)) == [] and draft.read_text() == "half"
    assert list(tmp_path.iterdir()) == []
