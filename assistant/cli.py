"""The commands. Every heavy library is imported by the command that needs it."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from assistant.errors import CopydeskError, InputError

COMMANDS = {
    "serve": "the web page and the API, on 127.0.0.1:7860",
    "init": "copy prompts and knowledge into a folder of your own",
    "check-pack": "every error of a pack at once, as file:line",
    "import": "products and campaigns from a spreadsheet into the pack",
    "index": "build the search index anew",
    "list": "what the pack holds: products, campaigns, rules, segments …",
    "search": "find in the pack, with scores and why a hit is or is not allowed",
    "write": "write a campaign's messages for its audiences, channels and languages",
    "rewrite": "another wording of a draft, by a wish in words, kept beside the old one",
    "scan": "customers and events in, each one's next action out",
    "script": "what a manager says to a customer for whom a trigger fired",
    "queue": "the calls to make, in the order in which to make them",
    "reassign": "give the open calls of the absent to those who are there",
    "outcome": "what came of an action, obeyed at once",
    "why": "what fired for a customer, what was chosen, what was held back and by whom",
    "lint": "check a text against the catalogue and the law",
    "export": "released texts as files for a campaign system, checked again; list, run, cancel",
    "results": "what came of what was sent: import it, show it by arm, segment, age, channel",
    "assets": "what was approved: found, with how it did, and reused for another cell",
    "knowledge": "look at the pack's entries, propose a change of one, decide it: list, show, propose, decide",
    "expire": "end the approvals of campaigns that are over",
    "recall": "which kept texts a change of the knowledge touches",
    "audit": "verify what was decided, seal it, hand it to an auditor",
    "backup": "the database, the seals and their key into a folder, while the desk works",
    "restore": "a backup as a desk again, and what is missing since it was made",
    "replay": "send a draft's request to the model once more and show how the answer differs",
    "prompt": "what would be sent to the model for a cell or a call, with its tokens",
    "eval": "evidence: run suites, compare, gate, report; calibrate a judge; judge a policy from logged actions",
    "model": "probe the model's server: what it enforces, tells and bears",
    "user": "who works at the desk: add, list, roles, password, disable",
    "token": "what programs ask with: add, list, revoke",
    "doctor": "look whether everything that the desk needs is well",
}
DONE, BLOCKED, WRONG = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """The command line; a command's own options are added when it is chosen."""
    top = argparse.ArgumentParser(prog="copydesk", description="A copy desk for banks.")
    top.add_argument("--version", action="version", version=_version())
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in COMMANDS.items():
        commands.add_parser(name, help=words, description=words, add_help=False)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. 0 done, 1 done with something blocked or failed, 2 the input was wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen, rest = parser().parse_args(given[:1] if given else ["--help"]), given[1:]
    module = importlib.import_module(f"assistant.commands.{chosen.command.replace('-', '_')}_command")
    own = argparse.ArgumentParser(prog=f"copydesk {chosen.command}", description=COMMANDS[chosen.command])
    own.add_argument("--pack", default="bank", help="a pack's id or folder (bank)")
    own.add_argument("--content", help="the folder that holds knowledge/ and prompts/")
    module.options(own)
    try:
        code: int = module.run(own.parse_args(rest))
        return code
    except BrokenPipeError:
        # Whoever read our output has gone: nothing more is to be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("\nStopped. What is finished is kept; the same command goes on from there.", file=sys.stderr)
        return BLOCKED
    except InputError as error:
        print(error, file=sys.stderr)
        return WRONG
    except CopydeskError as error:
        print(error, file=sys.stderr)
        return WRONG


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("copydesk")
    except PackageNotFoundError:
        return "from a checkout"


if __name__ == "__main__":
    sys.exit(main())
