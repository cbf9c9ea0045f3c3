"""From firings to actions: every policy in the field's order, each suppression with who and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain.action import Action, Suppressed, action_id
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal
from assistant.domain.trigger import Trigger
from assistant.playbook.arbitration import Posterior, audience_of, propensity, score
from assistant.playbook.database import Clock
from assistant.playbook.firing import Firing
from assistant.playbook.offering import Chosen, choose
from assistant.playbook.standing import Past, Standing

NO_LATER = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firing on its way to an action."""

    firing: Firing
    trigger: Trigger
    id: str
    due: dt.datetime
    likely: float
    score: float
    chosen: Chosen
    held: Refusal | None = None


@dataclass(frozen=True)
class Policies:
    """The policies of a pack at one moment."""

    pack: Pack
    clock: Clock
    learned: Posterior = field(default_factory=Posterior)

    def decide(self, firings: Sequence[Firing], who: Standing, past: Sequence[Past] = ()) -> list[Action]:
        """The actions of one customer, suppressed ones too, the most urgent first."""
        found = [self._candidate(one, who) for one in firings]
        found = [self._contact(one, who, past) for one in found]
        found = self._care_first(found, who)
        found = self._one_a_day(self._cooled(found), past)
        actions = [self._action(one, who) for one in found]
        return sorted(actions, key=lambda one: (one.due_at, -one.score, one.action_id))

    def _candidate(self, firing: Firing, who: Standing) -> Candidate:
        trigger = self.pack.trigger(firing.trigger)
        likely = propensity(self.pack, trigger, who, self.learned)
        chosen = choose(self.pack, trigger, who, firing.value, self.clock.today)
        due, late = self._due(trigger, firing)
        own = action_id(trigger.id, who.customer, firing.cause)
        held = chosen.refusal or late
        return Candidate(firing, trigger, own, due, likely, score(trigger, likely, firing.value), chosen, held)

    def _due(self, trigger: Trigger, firing: Firing) -> tuple[dt.datetime, Refusal | None]:
        """When it must be done; a refusal where the owner works again only after the trigger's window."""
        calendar = self.pack.calendar
        due = calendar.due(trigger.owner, firing.at, trigger.due) if calendar else firing.at
        if trigger.within is None or due <= (last := firing.at + trigger.within):
            return due, None
        begins = calendar.due(trigger.owner, firing.at, 0) if calendar else firing.at
        if begins <= last:
            return last, None
        return due, Refusal("quiet_hours", f"nobody may be contacted before {begins:%m-%d %H:%M}, after its window")

    def _contact(self, one: Candidate, who: Standing, past: Sequence[Past]) -> Candidate:
        """Consent, frequency, cooldown."""
        if one.held is not None:
            return one
        policy, trigger = self.pack.contact, one.trigger
        if trigger.kind == "sales" and not who.consent:
            return replace(one, held=Refusal("consent", "the customer has not agreed to marketing"))
        if trigger.kind == "sales" and policy and sum(who.touches.values()) >= policy.in_all:
            days = policy.window.days
            return replace(one, held=Refusal("frequency", f"{sum(who.touches.values())} touches in {days} days"))
        for earlier in past:
            fresh = self.clock.now - trigger.cooldown < earlier.at
            if earlier.trigger == trigger.id and earlier.action_id != one.id and fresh:
                return replace(one, held=Refusal("cooldown", f"{trigger.id} came on {earlier.at:%Y-%m-%d} already"))
        return one

    def _care_first(self, found: list[Candidate], who: Standing) -> list[Candidate]:
        """Care before sales: states that silence, and triggers that do."""
        loud = next((one.trigger.id for one in found if one.trigger.silences and one.held is None), None)
        names = {one.id: one.why for one in self.pack.contact.silences} if self.pack.contact else {}
        refusal = None
        if who.silences:
            refusal = Refusal(who.silences[0], names[who.silences[0]]["en"])
        elif loud is not None:
            refusal = Refusal(loud, f"{loud} comes first: on an outflow fraud wins over retention")
        if refusal is None:
            return found
        return [replace(one, held=refusal) if self._sells(one) and one.held is None else one for one in found]

    def _cooled(self, found: list[Candidate]) -> list[Candidate]:
        """Of several causes of a trigger with a cooldown the one of most worth stands."""
        best: dict[str, Candidate] = {}
        for one in found:
            if one.held is None and one.trigger.cooldown > NO_LATER:
                best[one.trigger.id] = max(best.get(one.trigger.id, one), one, key=lambda c: (c.score, c.id))
        return [self._yield_to(one, best.get(one.trigger.id, one), "cooldown") for one in found]

    def _one_a_day(self, found: list[Candidate], past: Sequence[Past]) -> list[Candidate]:
        """As many sales a day as the policy allows: those of the highest score, what was done today counted first."""
        most = self.pack.contact.sales_a_day if self.pack.contact else 1
        known = {one.id for one in found}
        today = [one for one in past if one.done and one.kind == "sales" and one.at.date() == self.clock.today]
        finished = {one.action_id for one in today}
        sales = [one for one in found if self._sells(one) and one.held is None]
        sales.sort(key=lambda one: (one.id not in finished, -one.score, one.id))
        kept = sales[: max(0, most - len(finished - known))]
        losing = {one.id for one in sales} - {one.id for one in kept}
        winner = kept[0] if kept else None
        return [self._yield_to(one, winner, "one_a_day") if one.id in losing else one for one in found]

    def _yield_to(self, one: Candidate, other: Candidate | None, by: str) -> Candidate:
        if other is one or one.held is not None:
            return one
        why = f"{other.trigger.id} is worth more ({other.score:.0f})" if other else "a sales action was done today"
        return replace(one, held=Refusal(by, why))

    def _sells(self, one: Candidate) -> bool:
        return one.trigger.kind == "sales"

    def _action(self, one: Candidate, who: Standing) -> Action:
        trigger = one.trigger
        return Action(
            action_id=one.id,
            trigger=trigger.id,
            scenario=trigger.scenario,
            customer_id=who.customer,
            cause=one.firing.cause,
            fired_at=one.firing.at,
            due_at=one.due,
            action=trigger.action,
            kind=trigger.kind,
            owner=trigger.owner,
            channel=one.chosen.channel,
            product=one.chosen.product,
            score=one.score,
            reasons=tuple(self._reasons(one)),
            suppressed=Suppressed(by=one.held.rule, why=one.held.why) if one.held else None,
            campaign=trigger.campaign,
            event=one.firing.event,
            holding=one.firing.holding,
            manager=who.manager,
            propensity=one.likely,
            audience=audience_of(self.pack, trigger, who)[1:],
        )

    def _reasons(self, one: Candidate) -> Iterable[str]:
        trigger = one.trigger
        yield f"{trigger.name[self.pack.locales[0]]} ({trigger.scenario})"
        yield f"cause: {one.firing.cause}"
        if one.chosen.product:
            product = self.pack.products[one.chosen.product]
            yield f"offer: {product.id}" + (f", {product.risk}" if product.risk else "")
        yield from (f"passed over: {why}" for why in one.chosen.passed_over)
        factors = f"{one.likely:.3f} × {one.firing.value:.2f} × {trigger.context:g} × {trigger.levers:g}"
        yield f"propensity × value × context × levers: {factors}"
