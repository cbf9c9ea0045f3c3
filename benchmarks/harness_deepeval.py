"""The same checks as DeepEval's metrics. It is run as a script, by a Python with deepeval and jsonschema."""

import json
import re
import sys
from pathlib import Path

from deepeval import evaluate
from deepeval.evaluate import AsyncConfig, CacheConfig, DisplayConfig
from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase
from jsonschema import Draft202012Validator


class Check(BaseMetric):
    """One check of a case: the case's input names the text, the expected output holds the checks."""

    def __init__(self, place: int) -> None:
        self.place, self.threshold, self.async_mode, self.include_reason = place, 1.0, True, False

    def measure(self, test_case: LLMTestCase, *_args: object, **_more: object) -> float:
        """1 where the check holds."""
        check = json.loads(test_case.expected_output)[self.place]
        kind, value, text = check["type"], check["value"], test_case.actual_output
        if kind == "contains":
            good = value in text
        elif kind == "not-contains":
            good = value not in text
        elif kind == "regex":
            good = bool(re.search(value, text))
        elif kind == "max-length":
            good = len(text) <= value
        else:
            good = Draft202012Validator(value).is_valid(json.loads(text))
        self.score, self.success = float(good), good
        return self.score

    async def a_measure(self, test_case: LLMTestCase, *args: object, **more: object) -> float:
        """As `measure`."""
        return self.measure(test_case)

    def is_successful(self) -> bool:
        """Whether the check held."""
        return bool(self.success)

    @property
    def __name__(self) -> str:
        return f"check {self.place}"


def main() -> None:
    """Evaluate every case of a file."""
    cases = []
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        checks = json.dumps(raw["assert"])
        cases.append(
            LLMTestCase(input=raw["metadata"]["id"], actual_output=raw["vars"]["text"], expected_output=checks)
        )
    evaluate(
        test_cases=cases,
        metrics=[Check(place) for place in range(5)],
        async_config=AsyncConfig(max_concurrent=100),
        display_config=DisplayConfig(show_indicator=False, print_results=False),
        cache_config=CacheConfig(write_cache=False, use_cache=False),
    )


if __name__ == "__main__":
    main()
