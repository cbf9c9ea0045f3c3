"""An index that is missing, damaged, half-built or of another make is rebuilt, and one in service is never touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.errors import DiskFull, FileError, IndexDamaged
from assistant.retrieval import collection
from assistant.retrieval.manifest import MANIFEST, digests, make_of
from assistant.retrieval.opening import rebuild
from assistant.retrieval.shelf import POINTER, Shelf
from assistant.retrieval.verify import Verifier, check_folder
from tests.unit.retrieval.conftest import Open

ROOT = Path(__file__).parents[3]
OPEN = """
import sys
from pathlib import Path
from tests.unit.retrieval.conftest import small_pack
from assistant.retrieval.opening import open_search
search = open_search(small_pack(sys.argv[2]), Path(sys.argv[1]), embedder=None, notify=lambda said: print(said))
print(search.search("两年定存")[0].entry.owner)
"""
KILLED = (
    """
import threading
from chromadb.api.models.Collection import Collection
whole = Collection.upsert
def half(self, **rows):
    whole(self, **{name: values[:5] for name, values in rows.items()})
    print("half", flush=True)
    threading.Event().wait()
Collection.upsert = half
"""
    + OPEN
)


def child(code: str, home: Path, version: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, str(home), version]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def folder_of(home: Path, pack: Pack) -> Path:
    found = Shelf(home, pack.id).find(make_of(pack, None).digest)
    assert found is not None
    return found


def test_the_first_opening_builds_with_one_message_and_the_second_says_nothing(opened: Open, said: list[str]) -> None:
    assert opened().search("两年定存")
    assert said == ["The search index is missing. It is rebuilt from the pack."]
    assert opened().search("两年定存")
    assert len(said) == 1


def test_an_edited_pack_gets_a_new_folder_and_the_one_before_still_serves(
    opened: Open, pack: Pack, later: Pack, said: list[str], home: Path
) -> None:
    opened(later)
    assert said == ["The search index is of another version. It is rebuilt from the pack."]
    opened(pack)
    assert len(said) == 1
    assert len([path for path in (home / "index" / "toy").iterdir() if path.is_dir()]) == 2


def test_folders_that_are_out_of_service_are_removed(tmp_path: Path, pack: Pack) -> None:
    first, second, third = (rebuild(pack, tmp_path, embedder=None) for _ in range(3))
    assert third.is_dir() and not first.exists() and not second.exists()


def test_reading_leaves_the_published_folder_as_it_was(opened: Open, pack: Pack, home: Path) -> None:
    search = opened()
    before = digests(folder_of(home, pack))
    search.search("定期存款")
    search.similar("定期存款")
    assert digests(folder_of(home, pack)) == before


def _truncate(folder: Path) -> None:
    os.truncate(folder / "chroma" / "chroma.sqlite3", 4096)


def _flip(folder: Path) -> None:
    path = folder / "lexical" / "data.csc.index.npy"
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


def _forget(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def _scribble(folder: Path) -> None:
    (folder / MANIFEST).write_text("[]")


def _lose(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").unlink()


def _unpoint(folder: Path) -> None:
    (folder.parent / POINTER).write_text('{"folders": 7}')


def _other(folder: Path) -> None:
    raw = json.loads((folder / MANIFEST).read_text())
    raw["make"]["normaliser"] = "older"
    (folder / MANIFEST).write_text(json.dumps(raw))


@pytest.mark.parametrize("harm", [_truncate, _flip, _forget, _scribble, _lose, _unpoint, _other])
def test_a_damaged_index_is_rebuilt_with_one_message_and_the_search_goes_on(
    harm: Callable[[Path], None], opened: Open, pack: Pack, said: list[str], home: Path
) -> None:
    harm(folder_of(home, pack))
    assert opened().search("两年定存")[0].entry.owner == "product:TD-24M"
    assert len(said) == 1 and said[0].endswith("It is rebuilt from the pack.")
    opened()
    assert len(said) == 1


@pytest.mark.kills
def test_a_build_that_is_killed_leaves_the_old_index_serving(opened: Open, said: list[str], home: Path) -> None:
    with child(KILLED, home, "two") as building:
        assert building.stdout is not None
        while building.stdout.readline().strip() != "half":
            assert building.poll() is None
        os.kill(building.pid, signal.SIGKILL)
    assert opened().search("两年定存") and said == []
    with child(OPEN, home, "two") as healed:
        words = healed.communicate(timeout=60)[0].splitlines()
    assert words[-1] == "product:TD-24M"
    folders = {path.name for path in (home / "index" / "toy").iterdir() if path.is_dir()}
    assert folders == set(Shelf(home, "toy").published())


def test_two_processes_that_build_at_once_share_one_index(tmp_path: Path, pack: Pack) -> None:
    builders = [child(OPEN, tmp_path, "one") for _ in range(2)]
    for builder in builders:
        assert builder.communicate(timeout=120)[0].splitlines()[-1] == "product:TD-24M"
        assert builder.returncode == 0
    assert len([path for path in (tmp_path / "index" / "toy").iterdir() if path.is_dir()]) == 1


def test_the_check_in_a_process_of_its_own_refuses_a_broken_folder(pack: Pack, home: Path) -> None:
    folder = folder_of(home, pack)
    check_folder(folder)
    _truncate(folder)
    with pytest.raises(IndexDamaged):
        Verifier(folder).check()


def test_a_process_that_ends_leaves_no_copy_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with child(OPEN, tmp_path / "home", "one") as done:
        done.communicate(timeout=60)
    assert not list(tmp_path.glob("copydesk-*"))


def test_a_folder_that_cannot_be_written_is_an_error_with_its_mend(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "index").write_text("a file where a folder belongs")
    with pytest.raises(FileError) as caught:
        rebuild(pack, tmp_path, embedder=None)
    assert "COPYDESK_HOME" in caught.value.mend


def test_a_full_disk_is_an_error_with_its_mend_and_leaves_nothing_half_built(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(collection, "fill", full)
    with pytest.raises(DiskFull, match="No space left") as caught:
        rebuild(pack, tmp_path, embedder=None)
    assert "Free some space" in caught.value.mend
    assert not [path for path in (tmp_path / "index" / "toy").iterdir() if path.is_dir()]
