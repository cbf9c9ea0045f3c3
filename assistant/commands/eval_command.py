"""copydesk eval: evidence about writers, prompts, models, rules and phrases."""

from __future__ import annotations

import argparse
import importlib
from typing import Any

ACTS = {
    "list": ("eval.commands.list_act", "the suites there are; with `runs`, the runs that were made"),
    "power": ("eval.commands.power_act", "what suites can show at all, before they are run"),
    "run": ("eval.commands.run_act", "answer and score the cases of suites; goes on where it was stopped"),
    "compare": ("eval.commands.compare_act", "what changed between two runs, and how sure that is"),
    "report": ("eval.commands.report_act", "a run as one HTML file, the worst cases first"),
    "baseline": ("eval.commands.baseline_act", "keep a run as what later ones are held against"),
    "gate": ("eval.commands.gate_act", "0 passed, 1 regressed, 3 not enough evidence"),
    "judge": ("eval.calibration.asking_command", "have a model judge texts, one criterion a call"),
    "calibrate": ("eval.calibration.command", "a judge against people: agreement, bias, and whether it is admitted"),
    "harvest": ("eval.commands.harvest_act", "decisions, edits and outcomes of the desk as cases, pairs and proposals"),
    "admit": (
        "eval.commands.admit_act",
        "a harvested proposal through the gate; filed for a second person if it passes",
    ),
    "policy": ("eval.policy.command", "what another choice of actions would have earned, from logged ones"),
}


class Act(argparse.ArgumentParser):
    """An act's parser: its module is imported, and asked for its options, when the act was chosen."""

    module = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As its parent, with the module's own options."""
        importlib.import_module(self.module).options(self)
        return super().parse_known_args(args, namespace)


def options(parser: argparse.ArgumentParser) -> None:
    """An act; its own options are read by its module."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True, parser_class=Act)
    for name, (module, words) in ACTS.items():
        acts.add_parser(name, help=words, description=words).module = module


def run(given: argparse.Namespace) -> int:
    """What the act says."""
    code: int = importlib.import_module(ACTS[given.act][0]).run(given)
    return code
