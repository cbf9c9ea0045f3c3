"""What may be done with a proposal, and by whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.domain.person import Person
from assistant.domain.proposal import PROPOSAL_MOVES, PROPOSERS, Fault, Proposal, ProposalAct
from assistant.errors import Forbidden, Refused, Stale, UnknownId


@dataclass(frozen=True, slots=True)
class ProposalWish:
    """What somebody wants to do with a proposal. `seen`: the version that they looked at, where they say so."""

    act: ProposalAct
    by: Person
    reason: str = ""
    comment: str = ""
    seen: int | None = None


def may_propose(by: Person) -> None:
    """Raise Forbidden for somebody who may not."""
    if not by.is_a(*PROPOSERS):
        raise Forbidden(f"To propose takes the role of {' or '.join(PROPOSERS)}.", "Ask somebody who has it.")


def judge_proposal(proposal: Proposal, wish: ProposalWish, reasons: Collection[str]) -> None:
    """Raise Forbidden, Stale, Refused or UnknownId where a wish may not be granted."""
    move, by = PROPOSAL_MOVES[wish.act], wish.by
    if not by.is_a(*move.roles):
        what = f"To {wish.act} a proposal takes the role of {' or '.join(move.roles)}."
        raise Forbidden(what, "Ask somebody who has it.")
    if wish.seen is not None and wish.seen != proposal.version:
        last = proposal.decided_by or proposal.by
        what = f"The proposal {proposal.id} was changed by {last}."
        raise Stale(what, "Look at it again, then decide.", by=last, version=proposal.version)
    if proposal.state not in move.sources:
        may = ", ".join(sorted(move.sources))
        raise Refused("state", f"The proposal {proposal.id} is {proposal.state}.", f"To {wish.act} it must be: {may}.")
    if move.own and by.login != proposal.by:
        raise Forbidden(f"The proposal {proposal.id} is {proposal.by}'s.", "They alone can do this.")
    if not move.own and by.login == proposal.by:
        raise Refused("own", f"The proposal {proposal.id} is {by.login}'s own.", "Somebody else must decide it.")
    if move.needs_reason and not wish.reason:
        raise Refused("reason", f"To {wish.act} a proposal needs a reason.", f"Choose one of {', '.join(reasons)}.")
    if wish.reason and reasons and wish.reason not in reasons:
        raise UnknownId("reason", wish.reason, reasons)


def sound(proposal: Proposal, problems: Collection[Fault]) -> None:
    """Raise Refused where a change has problems."""
    if problems:
        first = [f"{one.file}:{one.line}: {one.what}, {one.mend}" for one in problems][:5]
        more = f" … and {len(problems) - 5} more" if len(problems) > 5 else ""
        what = f"The proposal {proposal.id} has problems: {'; '.join(first)}{more}."
        raise Refused("problems", what, "Propose it anew without them.")
