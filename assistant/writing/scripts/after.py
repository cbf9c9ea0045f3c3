"""The message after a call: chosen by its outcome from the pack's lines, framed and checked as its channel asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.action import Action
from assistant.domain.audience import Channel
from assistant.domain.catalogue import Product
from assistant.domain.disclosing import owed
from assistant.domain.script import FollowUp, Line
from assistant.domain.slots import slots_of
from assistant.domain.trigger import Purpose
from assistant.errors import InputError
from assistant.playbook.actions import NextActions, Outcome
from assistant.playbook.record import Record
from assistant.writing.frame import Place, enclosed_in, joined, stated_in
from assistant.writing.gate import rendered
from assistant.writing.scripts.of_actions import record_of
from assistant.writing.scripts.scene import Scene
from assistant.writing.scripts.talk import talk_of
from assistant.writing.scripts.writer import ScriptWriter

NEVER = ("do_not_contact", "complaint")
"""Outcomes after which nothing is sent: the customer wants none, or people deal with it."""


@dataclass(frozen=True)
class FollowUps:
    """Composes the message after a call."""

    writer: ScriptWriter

    def of_action(
        self, actions: NextActions, own: str, outcome: Outcome, at: dt.datetime, place: str | Path | None
    ) -> FollowUp:
        """After a kept action, for the customer as they are at a moment; where no data are named, nothing."""
        if place is None:
            return FollowUp(why="No customers are named: write --data FOLDER, or set COPYDESK_DATA.")
        action = actions.store.action(own)
        try:
            record = record_of(self.writer.pack, actions, place, action.customer_id, at)
        except InputError as error:
            return FollowUp(why=str(error))
        return self.of(record, action, outcome)

    def of(self, record: Record, action: Action, outcome: Outcome) -> FollowUp:
        """After an action of a customer. Where nothing may be sent, `why` says why."""
        pack = self.writer.pack
        if outcome in NEVER:
            return FollowUp(why=f"After {outcome} nothing is sent.")
        voiced = action.channel or next(iter(pack.triggers[action.trigger].channels))
        if not pack.channels[voiced].voice:
            return FollowUp(why=f"{action.trigger} is no call: it goes over {voiced}.")
        talk = talk_of(pack, record, action, self.writer.locale_of(record))
        scene, _ = self.writer.staged(talk)
        why = f"The pack has no line after {outcome} for such a call."
        for channel in self._channels(record, action):
            for line in self._lines(scene, outcome, channel):
                purpose = line.purpose or action.kind
                if purpose == "care" or not (why := self._held(record, channel)):
                    return self._message(scene, line, channel, purpose)
        return FollowUp(why=why)

    def _channels(self, record: Record, action: Action) -> list[Channel]:
        """Written channels that reach the customer: their own first, then the trigger's, then any."""
        pack, who = self.writer.pack, record.standing
        order = [who.preferred, *pack.triggers[action.trigger].channels, *pack.channels]
        known = [pack.channels[own] for own in dict.fromkeys(order) if own and own in pack.channels]
        return [one for one in known if not one.voice and (one.needs_tag is None or one.needs_tag in who.tags)]

    def _lines(self, scene: Scene, outcome: Outcome, channel: Channel) -> Sequence[Line]:
        """The lines for the outcome, the nearest first. After a call that was an apology nothing is sold either."""
        composer, kind = scene.composer, scene.talk.action.kind
        product = next(iter(composer.products), None)
        found = composer.lines.suited("after", product, outcome=outcome, channel=channel.id)
        own = [line for line in found if line.call in (None, kind)]
        return [line for line in own if line.purpose == "care"] if composer.repairs else own

    def _held(self, record: Record, channel: Channel) -> str:
        """Why nothing that sells may go to the customer over a channel; empty where it may."""
        who, policy = record.standing, self.writer.pack.contact
        if who.silences:
            return f"{who.silences[0]}: nothing is sold to this customer."
        if not who.consent:
            return "The customer has not agreed to marketing."
        if policy and sum(who.touches.values()) >= policy.in_all:
            return f"The customer had {sum(who.touches.values())} touches in {policy.window.days} days."
        if policy and who.touches.get(channel.id, 0) >= policy.channels.get(channel.id, policy.in_all):
            return f"{channel.id} has been used as often as it may be in {policy.window.days} days."
        return ""

    def _message(self, scene: Scene, line: Line, channel: Channel, purpose: Purpose) -> FollowUp:
        """The line framed, filled and checked, with the warnings of what was offered where the message sells."""
        pack, talk = self.writer.pack, scene.talk
        products = [*scene.composer.products] if purpose == "sales" else []
        words = line.text.replace("{you}", talk.band(pack).address[talk.locale])
        place = Place(channel, talk.locale, talk.market, purpose)
        warnings = joined(list(self._warnings(scene, channel, words, products)), talk.locale)
        template = enclosed_in(pack, place, words, warnings)
        rendering = rendered(pack, talk.locale, template)
        at = first_moment(channel, talk.record.now)
        offered = products[0].id if products else None
        case = talk.case(offered).model_copy(
            update={"text": rendering.text, "channel": channel.id, "purpose": purpose, "send_at": at}
        )
        known = [(one.start, one.end, pack.facts[one.slot]) for one in rendering.filled if one.slot in pack.facts]
        checked = self.writer.engine.run(case, known)
        return FollowUp(
            channel=channel.id,
            purpose=purpose,
            locale=talk.locale,
            text=rendering.text,
            template=template,
            verdict=checked.verdict,
            findings=tuple(checked.findings),
            claims=tuple(checked.claims),
            send_at=at,
        )

    def _warnings(self, scene: Scene, channel: Channel, words: str, products: Sequence[Product]) -> Iterator[str]:
        pack, talk = self.writer.pack, scene.talk
        law, stated = pack.jurisdiction(talk.market), stated_in(pack, words)
        for one in owed(pack, products, None, stated):
            told = one.wording(law, talk.locale, channel.disclosure_form)
            if told and not slots_of(told):
                yield told


def first_moment(channel: Channel, now: dt.datetime) -> dt.datetime:
    """The first moment from `now` on that lies outside the channel's quiet hours."""
    if channel.quiet_hours is None:
        return now
    begins, ends = (dt.time.fromisoformat(part) for part in channel.quiet_hours.split("-"))
    quiet = begins <= now.time() or now.time() < ends if begins > ends else begins <= now.time() < ends
    if not quiet:
        return now
    day = now.date() + dt.timedelta(days=int(now.time() >= ends))
    return dt.datetime.combine(day, ends)
