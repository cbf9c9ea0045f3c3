"""The same scan on Ray: what is told is byte for byte what DuckDB alone tells, and no process is left behind."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from assistant.domain.pack import Pack
from assistant.errors import InputError
from assistant.playbook.on_ray import scan_on_ray
from tests.conftest import BANK, ROOT
from tests.unit.playbook.town import cases, populate

BESIDE = """
import datetime as dt, json, sys, ray
from pathlib import Path
from assistant import settings
from assistant.packs.loader import load_pack
from assistant.playbook.on_ray import LOCAL, LOOPBACK, QUIET, scan_on_ray
from assistant.playbook.scan import scan
pack = load_pack(Path(sys.argv[1]))
settings.silence_ray()
ray.init(LOCAL, num_cpus=2, **QUIET, **LOOPBACK)
for place, moment in zip(sys.argv[2::2], sys.argv[3::2]):
    for engine in (scan, scan_on_ray):
        found = engine(pack, place, dt.datetime.fromisoformat(moment))
        lines = [json.dumps(one.line(True, pack.institution.timezone), ensure_ascii=False) for one in found.actions]
        print(json.dumps(["\\n".join(lines), [str(one) for one in found.problems], dict(found.read)]))
try:
    scan_on_ray(pack, "nowhere", dt.datetime.fromisoformat(moment))
except Exception as error:
    print(json.dumps(str(error)))
"""


def test_on_ray_a_scan_tells_what_it_tells_on_duckdb_alone(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    told = cases("scenarios.yaml")
    moment = Counter(case["as_of"] for case in told).most_common(1)[0][0]
    populate(tmp_path / "town", [case for case in told if case["as_of"] == moment])
    with (tmp_path / "town" / "events.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"bad{n},C{n},2026-11-10T09:00:00,purchase,-{n},\n" for n in range(1, 40))
    scans = [str(BANK / "sample"), "2026-11-10T10:30", str(tmp_path / "town"), str(moment)]
    command = [sys.executable, "-c", BESIDE, str(BANK), *scans]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COPYDESK_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    sample, sample_on_ray, town, town_on_ray, refused = done.stdout.splitlines()
    assert sample_on_ray == sample
    assert town_on_ray == town
    assert "There is no" in refused
    assert left_behind(tmp_path) == []


def left_behind(home: Path) -> list[str]:
    """Processes that were started with this home."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(home).encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def test_without_ray_the_mend_is_told(bank: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InputError, match=r"pip install 'copydesk\[ray\]'"):
        scan_on_ray(bank, BANK / "sample", dt.datetime(2026, 11, 10, 10, 30))
