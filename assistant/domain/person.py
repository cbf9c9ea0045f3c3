"""Who works at the desk, and what each role may do."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Role = Literal["marketer", "checker", "rm", "lead", "evaluator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._@-]{0,63}$")]
DESK = "desk"
"""By whom what no person did is done: an expiry, a recall."""


class Person(BaseModel):
    """Somebody who is signed in. `manager`: whose customers are theirs; `team`: whose calls a lead sees."""

    model_config = ConfigDict(frozen=True)
    login: Login
    name: str = Field(min_length=1, max_length=80)
    roles: tuple[Role, ...]
    manager: str | None = None
    team: str | None = None

    def is_a(self, *roles: Role) -> bool:
        """Whether one of the roles is theirs."""
        return any(role in self.roles for role in roles)
