"""What the OpenAPI document says holds: each operation, asked well and badly, by each role and by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.python.asgi import ASGIClient, get_client
from schemathesis.specs.openapi import checks as of_document

from assistant.api.allowed import ALLOWED, Row
from assistant.api.application import routes
from assistant.bootstrap.desk import Desk
from assistant.domain.person import ROLES, Role
from assistant.settings import Settings
from tests.document.sound import sound
from tests.document.whole import Served

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "3"))
PATIENT_S = 120
"""Seconds that a change of the knowledge may take to be tried on a busy machine."""
HERE = "http://127.0.0.1:7860"
DOCUMENT = "/api/v1/openapi.json"
CHECKS = [
    schemathesis.checks.not_a_server_error,
    of_document.status_code_conformance,
    of_document.content_type_conformance,
    of_document.response_headers_conformance,
    of_document.response_schema_conformance,
]
JUDGED_ONE_BY_ONE = {("POST", "/api/v1/events"), ("POST", "/api/v1/results/file")}
"""What is wrong in these bodies is told row by row, or is a file of any bytes."""
Schema = Any


def operations() -> list[tuple[str, str]]:
    """Method and path of each operation of the document."""
    paths = routes(Desk(Settings())).openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def read(app: FastAPI, document: Any) -> Schema:
    """The document as it is served, read by schemathesis; the same requests each time."""
    how = GenerationConfig(deterministic=True, database="none")
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=how)))
    found = schemathesis.openapi.from_dict(document, config=config)
    found.app = app
    return found


class Asking:
    """Somebody of each role, and nobody, who ask the same."""

    def __init__(self, there: Served) -> None:
        self.there = there
        self.clients: dict[Role | None, ASGIClient] = {None: get_client(there.app)}
        for role in ROLES:
            client = self.clients[role] = get_client(there.app)
            client.headers["cookie"] = f"{there.app.state.access.cookie}={there.secrets[role]}"
            client.headers["origin"] = HERE
        document = self.clients["admin"].get(HERE + DOCUMENT).json()
        self.schema = read(there.app, document)

    def ask(self, case: Case, role: Role | None) -> Any:
        return case.call(base_url=HERE, session=self.clients[role], timeout=PATIENT_S)

    def all(self, case: Case, checks: list[Any]) -> dict[Role | None, int]:
        """Ask as each, hold each answer against the document; returns the statuses."""
        told: dict[Role | None, int] = {}
        for role in self.clients:
            answer = self.ask(case, role)
            case.validate_response(answer, checks=checks)
            told[role] = answer.status_code
        return told


def row_of(method: str, path: str) -> Row:
    row, _ = ALLOWED.at(method, path.replace("{", "").replace("}", ""))
    return next(one for one in ALLOWED.rows if (one.method, one.path) == (method, path)) if row is None else row


def known(case: Case, there: Served, draw: Callable[[Any], Any]) -> None:
    """Half of the time put ids that are there into the address."""
    kinds = {"run": "runs", "experiment": "experiments", "own": case.path.split("/")[3] if "/api/" in case.path else ""}
    for name in case.path_parameters:
        if name in kinds and draw(st.booleans()):
            case.path_parameters[name] = draw(st.sampled_from(there.known[kinds[name]]))
    if "ending" in case.path_parameters and draw(st.booleans()):
        case.path_parameters["ending"] = "csv"


@pytest.mark.fuzz
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("method", "path"), operations())
def test_whatever_is_asked_the_answer_is_one_of_the_document(served: Served, method: str, path: str) -> None:
    asking = Asking(served)
    operation = asking.schema[path][method]
    may = row_of(method, path).roles
    quiet = list(HealthCheck)

    @given(st.data())
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=quiet)
    def ask(mode: GenerationMode, data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(mode))
        known(case, served, data.draw)
        checks = CHECKS if mode is GenerationMode.POSITIVE else [*CHECKS, of_document.negative_data_rejection]
        told = asking.all(case, checks)
        for role, status in told.items():
            if may is not None:
                assert (status == 401) == (role is None), (role, status)
                assert status == 403 or role is None or role in may, (role, status)

    ask(GenerationMode.POSITIVE)
    if (operation.body or operation.query) and (method, path) not in JUDGED_ONE_BY_ONE:
        ask(GenerationMode.NEGATIVE)


@pytest.mark.parametrize(("method", "path"), operations())
def test_a_sound_request_is_answered_as_the_document_says(served: Served, method: str, path: str) -> None:
    asking = Asking(served)
    row, given_ = row_of(method, path), sound(method, path, served.known)
    role = given_.pop("role", None) or (row.roles[0] if row.roles else None)
    case = asking.schema[path][method].Case(**given_)
    answer = asking.ask(case, role)
    assert answer.status_code in (200, 201, 202), answer.text
    case.validate_response(answer, checks=CHECKS)
