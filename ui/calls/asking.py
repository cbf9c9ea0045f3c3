"""What the script of the calls may ask of the server: answers are for who asks, a manager's own or a lead's team's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.bootstrap.desk import Desk
from assistant.domain.action import Outcome
from assistant.domain.person import Role
from assistant.domain.script import FollowUp
from assistant.errors import CopydeskError, Refused, Stale, UnknownId
from assistant.playbook.absence import hand_over
from ui.calls.absent import handed, team
from ui.calls.after import logged
from ui.calls.at_hand import AtHand
from ui.calls.given import Away, Came, Look, Picked, Said, Spoken, Which
from ui.calls.open_call import gone, nothing, opened
from ui.calls.plan import plan
from ui.calls.rows import drawn
from ui.calls.script import Drawing, heard, spoken
from ui.calls.tongue import languages
from ui.calls.waiting import Queue, called, waiting
from ui.parts.html import NONE, html
from ui.parts.notice import refusal
from ui.parts.proof import Prover
from ui.surface import Answer, Caller, Function, regions
from ui.words import Words

CALLING: tuple[Role, ...] = ("rm", "lead")
LEADING: tuple[Role, ...] = ("lead",)


@dataclass(frozen=True)
class Asking:
    """The functions of the page in one language. `at_hand` is shared by all languages."""

    desk: Desk
    words: Words
    at_hand: AtHand

    def functions(self) -> list[Function[Any]]:
        """Each with the roles that may ask it."""
        return [
            Function("look", CALLING, Look, self.look),
            Function("pick", CALLING, Picked, self.pick),
            Function("script", CALLING, Spoken, self.script),
            Function("check", CALLING, Said, self.check),
            Function("log", CALLING, Came, self.log),
            Function("away", LEADING, Away, self.away),
        ]

    def look(self, caller: Caller, given: Look) -> Answer:
        """The queue."""
        found = self._queue(caller, given.view, given.item)
        if given.again:
            # What a lead has ticked there must not go while the countdowns are set right.
            found["regions"].pop("team")
        return found

    def pick(self, caller: Caller, given: Picked) -> Answer:
        """One call: card, why now, outcome. The script is asked for after it, since a model may take its time."""
        desk, words = self.desk, self.words
        if not given.item:
            return regions(call=nothing(words))
        try:
            call = self.at_hand.call(given.item, caller)
        except UnknownId:
            # Another manager's call is told in the words of one that is nowhere.
            return {**regions(call=gone(words)), "item": ""}
        names, _ = called(desk, [call.action])
        who = names[call.action.customer_id]
        body = opened(call, who, caller.now, desk.pack, words)
        return {**regions(call=body), "item": given.item, "seen": call.seen, "open": call.state == "open"}

    def script(self, caller: Caller, given: Spoken) -> Answer:
        """The script of a call and the plan that it goes through; why there is none stands in its place."""
        pack, words = self.desk.pack, self.words
        try:
            _, _, script = self.at_hand.script(given.item, caller, given.locale)
        except CopydeskError as error:
            drawn = refusal(error, words)
            return regions(script=(languages(pack, words, given.locale) if given.locale else NONE) + drawn, plan=NONE)
        drawing = Drawing(Prover(pack, words), script, given.item)
        return regions(
            script=languages(pack, words, script.locale) + drawing.whole(), plan=plan(script.plan, pack, words)
        )

    def check(self, caller: Caller, given: Said) -> Answer:
        """What the checks say of one part in the manager's own words, among all that they changed."""
        action, record, script = self.at_hand.script(given.item, caller, given.locale)
        if given.place >= len(script.sections):
            raise Refused("script", "The script has changed.", "Load the page again.")
        found = self.desk.own_words.check(record, action, script, given.words, given.place)
        drawing = heard(Prover(self.desk.pack, self.words), script, found, given.place)
        length = html("{told}", told=spoken(found.seconds, self.words))
        return regions(**{f"said-{given.place}": drawing, "spoken": length})

    def log(self, caller: Caller, given: Came) -> Answer:
        """Keep the outcome as the API does, and tell the message after the call and which call comes next."""
        note = given.note.strip()
        if not given.outcome:
            raise Refused("outcome", "No outcome is chosen.", "Choose one.")
        if not note:
            raise Refused("note", "There is no note.", "Write what was said.")
        own, outcome = given.item, given.outcome
        try:
            action = self.desk.actions.record(
                own, outcome, note, caller.person.login, caller.now, caller.managers, given.seen
            )
        except Stale as stale:
            if not self._logged_by_us(caller, own, outcome, note, given.seen):
                raise Refused("logged", stale.what, stale.mend) from None
            action = self.desk.actions.store.action(own, caller.managers)
        names, _ = called(self.desk, [action])
        queue = waiting(self.desk, caller, given.view)
        after = self._after(own, outcome, caller)
        told = logged(names[action.customer_id], outcome, after, queue.now, self.desk.pack, self.words)
        following = next((one.action.action_id for one in queue.calls if one.action.action_id != own), "")
        answer = self._queue(caller, given.view, following)
        theirs = [one.action.action_id for one in queue.calls if one.action.customer_id == action.customer_id]
        drawn = {**answer["regions"], "after": str(told)}
        return {**answer, "regions": drawn, "logged": own, "next": following, "theirs": [own, *theirs]}

    def away(self, caller: Caller, given: Away) -> Answer:
        """Give the calls of the absent to others, as the API does; first only what that would do."""
        if not given.absent:
            raise Refused("nobody", "Nobody is named.", "Name who is not there.")
        moved = hand_over(self.desk.actions, caller.managers, given.absent, given.to, dry_run=not given.sure)
        names, managers = called(self.desk, [one.action for one in moved])
        answer = self._queue(caller, "team", "") if given.sure else {"regions": {}}
        drawing = handed(moved, names, managers, self.words, given.sure)
        return {**answer, "regions": {**answer["regions"], "handed": str(drawing)}, "moved": len(moved)}

    def _queue(self, caller: Caller, view: Which, item: str) -> dict[str, Any]:
        desk, words = self.desk, self.words
        queue = waiting(desk, caller, view)
        both = caller.person.is_a("lead") and caller.person.manager is not None
        found = regions(queue=drawn(queue, desk.pack, words, item, both))
        if queue.view == "team":
            found["regions"]["team"] = str(team(queue, self._managers(caller), words))
        else:
            found["regions"]["team"] = ""
        first = queue.calls[0].action.action_id if queue.calls else ""
        return {**found, "view": queue.view, "overdue": queue.overdue, "first": first, "turns": _turns(queue)}

    def _managers(self, caller: Caller) -> Mapping[str, str]:
        """Who may take calls: the team's managers, by id."""
        try:
            known = dict(self.desk.names.managers())
        except CopydeskError:
            known = {}
        if caller.managers is None:
            return known
        return {own: known.get(own, own) for own in caller.managers}

    def _logged_by_us(self, caller: Caller, own: str, outcome: Outcome, note: str, seen: int) -> bool:
        """Whether what is to be logged was logged already in the same words by the same person: its answer got lost."""
        action = self.desk.actions.store.action(own, caller.managers)
        kept = [one for one in self.desk.actions.store.outcomes(action.customer_id) if one["action"] == own]
        if len(kept) != seen + 1:
            return False
        last = kept[-1]
        return bool((last["by"], last["outcome"], last["note"]) == (caller.person.login, outcome, note))

    def _after(self, own: str, outcome: Outcome, caller: Caller) -> FollowUp:
        actions = self.desk.actions
        try:
            return self.desk.follow_ups.of_action(actions, own, outcome, caller.now, actions.place)
        except CopydeskError as error:
            # The outcome is kept by now, so what fails here must not look as if it were not.
            return FollowUp(why=str(error))


def _turns(queue: Queue) -> float | None:
    """Seconds until the countdowns stop or run again."""
    turns = [one.count.turns_at for one in queue.calls[:1] if one.count.turns_at is not None]
    return max(0.0, (turns[0] - queue.now).total_seconds()) if turns else None
