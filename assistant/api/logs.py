"""Logs as JSON, a line a record, without a person in them: no body, no name, no id of a customer, no address."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.settings import Settings

FIELDS = ("method", "route", "status", "seconds", "request", "part", "error")
"""What a record of ours may carry beside its words."""
KNOWN = ("copydesk", "uvicorn")
"""Whose words are told, as they stand in the code and before values are put in; of others only where they spoke."""
DEEPEST = 5


def logging_of(settings: Settings) -> dict[str, Any]:
    """How the server is to log, as uvicorn takes it. SettingsError for a form that there is not."""
    if settings.log not in (None, "plain", "json"):
        raise SettingsError(f"COPYDESK_LOG = {settings.log} is no form of log.", "Write plain or json.")
    if settings.log != "json":
        return {"log_level": "warning"}
    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(Lines())
    logging.basicConfig(handlers=[written], level=logging.WARNING, force=True)
    logging.getLogger("copydesk").setLevel(logging.INFO)
    # The server's own line a request says the address, and in it a customer; ours says the route.
    return {"log_config": None, "access_log": False}


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, who spoke, their words without values; of an error its kind and place, not its words."""
        told: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name.split(".")[0] in KNOWN and isinstance(record.msg, str):
            told["event"] = record.msg.strip()
        else:
            told["place"] = f"{record.module}:{record.lineno}"
        told |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            told |= _fault(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def _fault(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    kinds = [type(one).__name__ for one in (error, error.__cause__) if one is not None]
    return {"error": " < ".join(kinds), "places": [f"{one.filename}:{one.lineno} {one.name}" for one in frames]}
