"""Where runs are kept: an answer and its scores in one transaction, so that a killed run has whole rows alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import FileError, InputError, StoreError, UnknownId

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
  id TEXT PRIMARY KEY, suite TEXT NOT NULL, suite_hash TEXT NOT NULL, subject TEXT NOT NULL,
  begun_at TEXT NOT NULL, ended_at TEXT);
CREATE TABLE IF NOT EXISTS answers (
  run TEXT NOT NULL, case_id TEXT NOT NULL, case_hash TEXT NOT NULL, cluster TEXT NOT NULL, content TEXT NOT NULL,
  fault TEXT NOT NULL, seconds REAL NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL,
  PRIMARY KEY (run, case_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scores (
  run TEXT NOT NULL, case_id TEXT NOT NULL, scorer TEXT NOT NULL, version INTEGER NOT NULL, metric TEXT NOT NULL,
  value REAL, why TEXT NOT NULL, evidence TEXT NOT NULL, fault INTEGER NOT NULL,
  PRIMARY KEY (run, case_id, scorer, metric)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a suite over a subject; `ended_at` is empty while it is unfinished."""

    id: str
    suite: str
    suite_hash: str
    subject: dict[str, Any]
    begun_at: str
    ended_at: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What came of a case: `content` as JSON, or a `fault` in words. `seconds` is what the task took."""

    case_id: str
    case_hash: str
    cluster: str
    content: dict[str, Any]
    fault: str
    seconds: float
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A score of an answer; `fault` is whether its scorer crashed or hung, which is a result too."""

    case_id: str
    scorer: str
    version: int
    metric: str
    value: float | None
    why: str = ""
    evidence: str = ""
    fault: bool = False


class Rows:
    """The rows of all runs of one file."""

    def __init__(self, file: Path) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(file, isolation_level=None, timeout=30)
        except (OSError, sqlite3.OperationalError) as error:
            raise FileError(
                f"The runs in {file} cannot be kept ({error}).", "Check the rights of COPYDESK_HOME."
            ) from error
        self.file = file
        with self._told():
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_TABLES)

    def close(self) -> None:
        """Give the file back."""
        self._base.close()

    def begin(self, run: Run) -> None:
        """Keep a run that begins."""
        with self._told():
            values = (run.id, run.suite, run.suite_hash, _json(run.subject), run.begun_at)
            self._base.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?, NULL)", values)

    def end(self, run: str, at: str) -> None:
        """Note that a run has its last row."""
        with self._told():
            self._base.execute("UPDATE runs SET ended_at = ? WHERE id = ?", (at, run))

    def put(self, run: str, rows: Iterable[tuple[AnswerRow, Iterable[ScoreRow]]]) -> None:
        """Keep answers with their scores, all or none; what was there of the same case gives way."""
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                for answer, scores in rows:
                    self._put(run, answer, scores)
                self._base.execute("COMMIT")
            except BaseException:  # a cancellation too: no answer without its scores; the reason goes on
                self._base.execute("ROLLBACK")
                raise

    def _put(self, run: str, answer: AnswerRow, scores: Iterable[ScoreRow]) -> None:
        put, key = self._base.execute, (run, answer.case_id)
        cost = (answer.seconds, answer.tokens_in, answer.tokens_out)
        put(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, answer.case_hash, answer.cluster, _json(answer.content), answer.fault, *cost),
        )
        put("DELETE FROM scores WHERE run = ? AND case_id = ?", key)
        self._base.executemany(
            "INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*key, s.scorer, s.version, s.metric, s.value, s.why, s.evidence, int(s.fault)) for s in scores],
        )

    def run(self, id: str) -> Run:
        """A run by its id, or by how it begins. UnknownId where there is none, InputError where there are more."""
        known = list(self.runs())
        found = [run for run in known if run.id == id] or [run for run in known if run.id.startswith(id)]
        if not found:
            raise UnknownId("run", id, [run.id for run in known])
        if len(found) > 1:
            raise InputError(f"“{id}” is the beginning of {len(found)} runs.", "Write more of its id.")
        return found[0]

    def runs(self, suite: str | None = None) -> Iterator[Run]:
        """Every run, or those of a suite, the newest first."""
        with self._told():
            asked = "SELECT * FROM runs WHERE ? IS NULL OR suite = ? ORDER BY begun_at DESC, id"
            for row in self._base.execute(asked, (suite, suite)).fetchall():
                yield Run(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5] or "")

    def answers(self, run: str) -> Iterator[AnswerRow]:
        """A run's answers, by case."""
        columns = "case_id, case_hash, cluster, content, fault, seconds, tokens_in, tokens_out"
        with self._told():
            for row in self._base.execute(f"SELECT {columns} FROM answers WHERE run = ? ORDER BY case_id", (run,)):
                yield AnswerRow(row[0], row[1], row[2], json.loads(row[3]), *row[4:])

    def scores(self, run: str) -> Iterator[ScoreRow]:
        """A run's scores, by case."""
        columns = "case_id, scorer, version, metric, value, why, evidence, fault"
        with self._told():
            asked = f"SELECT {columns} FROM scores WHERE run = ? ORDER BY case_id, scorer, metric"
            for row in self._base.execute(asked, (run,)):
                yield ScoreRow(row[0], row[1], row[2], row[3], row[4], row[5], row[6], bool(row[7]))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"The runs in {self.file} cannot be kept: {error}.", "Free its disk, or wait.") from error


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
