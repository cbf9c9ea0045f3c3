"""copydesk eval calibrate: a judge against people, by criterion; admitted, or refused with every reason."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from eval.calibration.bar import BAR, load_bar

if TYPE_CHECKING:
    from eval.calibration.calibrate import Calibrated
    from eval.judge.biases import Bias

ADMITTED, REFUSED, TOO_LITTLE = 0, 1, 3


def options(parser: argparse.ArgumentParser) -> None:
    """People's ratings, the judge's judgements, and where the record goes."""
    told = (
        "people's ratings: .csv, .xlsx or .jsonl with item, cluster, rater, criterion, level; or Label Studio's .json"
    )
    parser.add_argument("ratings", type=Path, help=told)
    told = "the judge's judgements, a line each (.jsonl)"
    parser.add_argument("--judge", type=Path, required=True, metavar="JUDGEMENTS", help=told)
    parser.add_argument("--record", type=Path, help="keep the record here: what the judge's runs must show")
    parser.add_argument("--bar", type=Path, default=BAR, help="what a judge must reach (YAML)")
    parser.add_argument("--json", action="store_true", help="one JSON object a criterion")


def run(given: argparse.Namespace) -> int:
    """Exit 0 where the judge is admitted by every criterion, 1 where one refuses it, 3 where all that stands against it
    is too little evidence."""
    from eval.calibration.calibrate import calibrate
    from eval.calibration.judgements import read_judgements
    from eval.calibration.ratings import Ratings, read_ratings
    from eval.calibration.record import figures_of, record_of, write_record
    from eval.rating.label_studio import read_levels

    by_studio = given.ratings.suffix.lower() == ".json"
    ratings = Ratings(tuple(read_levels(given.ratings))) if by_studio else read_ratings(given.ratings)
    judgements, bar = read_judgements(given.judge), load_bar(given.bar)
    done = calibrate(ratings, judgements, bar)
    if given.record:
        write_record(given.record, record_of(ratings, judgements, bar, done, dt.datetime.now(dt.UTC)))
    for one in done:
        if given.json:
            reasons = [{"words": reason.words, "lacking": reason.lacking} for reason in one.reasons]
            about = {"criterion": one.criterion, "admitted": one.admitted, "kind": one.kind, "reasons": reasons}
            counted = {"items": one.items, "raters": one.raters, "judged": one.judged, "unable": dict(one.unable)}
            print(json.dumps({**about, **counted, **figures_of(one)}, ensure_ascii=False))
        else:
            _show(one)
    if all(one.admitted for one in done):
        return ADMITTED
    return TOO_LITTLE if all(reason.lacking for one in done for reason in one.reasons) else REFUSED


def _show(one: Calibrated) -> None:
    from eval.calibration.figures import shown

    print(f"{one.criterion} ({one.kind}): {'admitted' if one.admitted else 'refused'}")
    print(f"  {one.items} items, {one.raters} raters; the judge judged {one.judged}{_unable(one)}")
    for who, figures in (("between people", one.people), ("judge and majority", one.judge)):
        for name in ("kappa", "alpha", "ac1"):
            print(f"  {who:18} {name:5} {shown(figures.of(name))}")
    print(f"  a rater and the rest     {shown(one.rater_and_rest)}")
    print(f"  the judge in their place {shown(one.judge_and_rest)}")
    for bias in one.biases:
        print(f"  {_bias(bias)}")
    print(f"  {_passing(one)}")
    for reason in one.reasons:
        print(f"  against it: {reason.words}")


def _bias(bias: Bias) -> str:
    return f"{bias.bias}: {bias.end.replace('_', ' ')}. {bias.words}"


def _unable(one: Calibrated) -> str:
    faults = ", ".join(f"{name} {count}" for name, count in sorted(one.unable.items()))
    return f"; could not judge: {faults}" if faults else ""


def _passing(one: Calibrated) -> str:
    from eval.statistics.undefined import Undefined

    found = one.passing
    if isinstance(found, Undefined):
        return f"pass rate: {found.why}"
    known = (
        f"pass rate: judge {found.rate:.1%} (sensitivity {found.sensitivity:.1%}, specificity {found.specificity:.1%})"
    )
    if isinstance(found.corrected, Undefined):
        return f"{known}; {found.corrected.why}"
    corrected = found.corrected
    return f"{known}; corrected {corrected.value:.1%} [{corrected.low:.1%}, {corrected.high:.1%}]"
