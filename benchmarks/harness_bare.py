"""The floor: the same checks in a plain loop, nothing kept. It is run as a script, by any Python with jsonschema."""

import json
import re
import sys
from pathlib import Path

from jsonschema import Draft202012Validator


def main() -> None:
    """Check every case of a file and print how many pass."""
    passed, schemas, patterns = 0, {}, {}
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        text, good = case["vars"]["text"], True
        for check in case["assert"]:
            kind, value = check["type"], check["value"]
            if kind == "contains":
                good &= value in text
            elif kind == "not-contains":
                good &= value not in text
            elif kind == "regex":
                good &= bool(patterns.setdefault(value, re.compile(value)).search(text))
            elif kind == "max-length":
                good &= len(text) <= value
            else:
                key = json.dumps(value)
                if key not in schemas:
                    schemas[key] = Draft202012Validator(value)
                good &= schemas[key].is_valid(json.loads(text))
        passed += good
    print(passed)


if __name__ == "__main__":
    main()
