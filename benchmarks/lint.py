"""How fast a text is checked: `python -m benchmarks.lint [TEXTS]`.

Approved text messages, pushes and in-app messages of three locales on one core, with every rule and binding; where the
time goes; the lexical stage alone at today's phrases, 1,000 and 5,000, beside its floor (one pass of the automaton) and
a naive loop of one regular expression a phrase; memory over a hundred thousand texts, or over as many as are named.
"""

from __future__ import annotations

import cProfile
import datetime as dt
import pstats
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence

from assistant.bootstrap.desk import Desk
from assistant.checks.case import LintCase
from assistant.checks.engine import CheckEngine
from assistant.checks.waking import Sleepers
from assistant.settings import read_settings
from assistant.text.automaton import Automaton
from assistant.text.fold import fold, folded_word
from assistant.text.trie import any_of
from eval.mutations.source import sources

SECONDS, SEED, MANY = 3.0, 11, 100_000
SHORT = ("sms", "push", "in_app")
STAGES = {
    "fold": ("fold.py", "fold"),
    "names and warnings": ("names.py", "mentions"),
    "figures": ("figures.py", "scan"),
    "binding in all": ("bind.py", "claims_of"),
    "automaton": ("automaton.py", "found"),
    "all": ("engine.py", "run"),
}
"""What a stage is in the profile: file and function."""


def cpu(run: Callable[[], int]) -> float:
    """How often a CPU second sees what `run` counts, over SECONDS."""
    begun, done = time.process_time(), 0
    while time.process_time() - begun < SECONDS:
        done += run()
    return done / (time.process_time() - begun)


def shares(engine: CheckEngine, cases: Sequence[LintCase]) -> dict[str, float]:
    """The part of a check's time that each stage takes, by the profiler."""
    profile = cProfile.Profile()
    profile.enable()
    for case in [*cases] * 5:
        engine.run(case)
    profile.disable()
    times: dict[tuple[str, str], float] = {}
    for (file, _, function), row in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        key = (file.rpartition("/")[2], function)
        times[key] = times.get(key, 0.0) + row[3]
    whole = times[STAGES["all"]]
    return {name: times.get(key, 0.0) / whole for name, key in STAGES.items() if name != "all"}


def phrases(engine: CheckEngine, count: int) -> list[str]:
    """The forbidden words of the pack's rules, filled up with made-up ones of the same characters."""
    words = sorted({word for rule in engine.pack.rules.values() for word in rule.match.get("terms", ())})
    draw, letters = random.Random(SEED), sorted({c for word in words for c in word if not c.isascii()})
    made = ("".join(draw.choices(letters, k=draw.randint(2, 5))) for _ in iter(int, 1))
    while len(words) < count:
        words.append(next(made))
    return words[:count] if count else words


def lexical(engine: CheckEngine, texts: Sequence[str], count: int) -> tuple[int, float, float, float]:
    """Texts a second: the rules that the automaton wakes, automaton alone, one expression a phrase.

    The phrases belong to rules of as many as the pack's have, as in the engine: only what wakes is looked for.
    """
    words = [folded_word(word) for word in phrases(engine, count)]
    sizes = [len(terms) for rule in engine.pack.rules.values() if (terms := rule.match.get("terms"))]
    each = round(sum(sizes) / len(sizes))
    rules = [words[place : place + each] for place in range(0, len(words), each)]
    sleepers = Sleepers({number: (((frozenset(rule),),),) for number, rule in enumerate(rules)})
    compiled = [re.compile(any_of(rule)) for rule in rules]
    automaton = Automaton({word: [0] for word in words})
    alone = [re.compile(any_of([word])) for word in words]

    def ours() -> int:
        for text in texts:
            for number in sleepers.woken(text):
                list(compiled[number].finditer(text))
        return len(texts)

    def floor() -> int:
        for text in texts:
            automaton.found(text)
        return len(texts)

    def naive() -> int:
        for one in alone:
            one.search(texts[0])
        return 1

    return len(words), cpu(ours), cpu(floor), cpu(naive)


def memory(engine: CheckEngine, cases: Sequence[LintCase], many: int) -> float:
    """By how many megabytes the peak grows while so many different texts are checked."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(many):
        case = cases[number % len(cases)]
        engine.run(case.model_copy(update={"text": f"{case.text}{number}"}))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main(many: int = MANY) -> None:
    """Measure and print."""
    desk = Desk(read_settings())
    found = sources(desk, 60, SEED, dt.date(2026, 11, 23))
    cases = [source.case for source in found if source.cell.channel in SHORT]
    engine = desk.engine

    def checked() -> int:
        for case in cases:
            engine.run(case)
        return len(cases)

    checked()
    mean = sum(len(case.text) for case in cases) / len(cases)
    print(f"{cpu(checked):,.0f} texts a CPU second ({len(cases)} texts of {mean:.0f} characters on average)\n")
    print("| stage | share |\n| :-- | --: |")
    for name, share in shares(engine, cases).items():
        print(f"| {name} | {share:.0%} |")
    texts = [fold(case.text).text for case in cases]
    print("\n| phrases | ours, texts/s | automaton alone | one expression a phrase | ours : loop |")
    print("| --: | --: | --: | --: | --: |")
    for count in (0, 1000, 5000):
        number, ours, floor, naive = lexical(engine, texts, count)
        print(f"| {number:,} | {ours:,.0f} | {floor:,.0f} | {naive:,.0f} | {ours / naive:,.0f} × |")
    print(f"\nMemory over {many:,} different texts: {memory(engine, cases, many):+.1f} MB at the peak.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else MANY)
