"""copydesk eval policy: what another arbitration would have earned, from logged actions with propensities."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import InputError

if TYPE_CHECKING:
    from eval.policy.estimators import Estimated

NAMES = {"ips": "IPS", "snips": "SNIPS", "robust": "doubly robust", "gain": "gain over the log"}


def options(parser: argparse.ArgumentParser) -> None:
    """The log, its columns, and the policies to judge."""
    parser.add_argument("log", help="a CSV or JSONL file, a decision a row: context, action, propensity, reward")
    parser.add_argument(
        "--target",
        action="append",
        required=True,
        help="uniform, always:ARM or column:NAME (an arm, or a JSON object of probabilities); may be given again",
    )
    for name in ("action", "propensity", "reward"):
        parser.add_argument(f"--{name}", default=name, metavar="COLUMN", help=f"the column (“{name}”)")
    parser.add_argument("--cluster", metavar="COLUMN", help="who decisions belong to, as one customer's are alike")
    parser.add_argument("--context", metavar="A,B,…", help="columns that the model of rewards may use (all others)")
    parser.add_argument("--level", type=float, default=0.95, help="of the intervals (0.95)")
    parser.add_argument("--few", type=float, default=100, help="an effective sample below this is warned of (100)")
    parser.add_argument("--seed", type=int, default=0, help="of the folds of the model of rewards")
    parser.add_argument("--json", action="store_true", help="an object a target and line")


def run(given: argparse.Namespace) -> int:
    """0 where every target could be judged, warnings beside it. InputError and FileError tell what cannot be read."""
    from eval.policy.estimators import estimated
    from eval.policy.load import Columns, read_log
    from eval.policy.targets import column_of, target

    if not 0 < given.level < 1:
        raise InputError(f"--level {given.level} is no level.", "Write 0.95, for instance.")
    context = None
    if given.context is not None:
        context = tuple(name.strip() for name in given.context.split(",") if name.strip())
    columns = Columns(given.action, given.propensity, given.reward, given.cluster, context)
    apart = [name for one in given.target if (name := column_of(one)) is not None]
    logged = read_log(Path(given.log), columns, apart)
    for words in given.target:
        found = estimated(logged, target(words, logged), few=given.few, seed=given.seed)
        told = _told(words, found, given.level)
        if given.json:
            print(json.dumps(told, ensure_ascii=False), flush=True)
        else:
            _show(told, given.level)
    return 0


def _told(words: str, found: Estimated, level: float) -> dict[str, Any]:
    """A target as plain values; what is undefined has a reason in place of numbers."""
    from eval.statistics.intervals import Estimate

    told: dict[str, Any] = {"target": words, "rows": found.rows, "effective": found.effective}
    for name in ("ips", "snips", "robust", "earned", "gain"):
        one = getattr(found, name)
        if isinstance(one, Estimate):
            ends = one.interval(level)
            told[name] = {"value": ends.value, "low": ends.low, "high": ends.high, "error": one.error}
        else:
            told[name] = {"undefined": one.why}
    return {**told, "warnings": list(found.warnings)}


def _show(told: dict[str, Any], level: float) -> None:
    print(f"{told['target']}: {told['rows']} decisions, effective sample {told['effective']:.0f}")
    print(f"  {'':18} {'value':>12} {f'{level:.0%} from':>12} {'to':>12}")
    for name, label in {"earned": "the log itself", **NAMES}.items():
        one = told[name]
        if "undefined" in one:
            print(f"  {label:18} {one['undefined']}")
        else:
            print(f"  {label:18} {one['value']:12.5g} {one['low']:12.5g} {one['high']:12.5g}")
    for warning in told["warnings"]:
        print(f"  ! {warning}")
