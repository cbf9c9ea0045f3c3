"""Exports: asked for, written now or on their day, told in the audit."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from assistant.checks.engine import CheckEngine
from assistant.domain.export import Counts, Export, Order
from assistant.domain.item import Item
from assistant.domain.pack import Pack
from assistant.domain.person import DESK, Person, Role
from assistant.errors import CopydeskError, FileError, Forbidden, InputError, Refused, UnknownId
from assistant.review.exporting import columns
from assistant.review.exporting.files import Tables, digest_of, sink
from assistant.review.exporting.pieces import pieces
from assistant.review.exporting.rows import Made, Source, made
from assistant.review.exporting.settling import Kept, settle
from assistant.review.exporting.staging import drafted, publish
from assistant.review.exporting.webhook import Webhook

ROLES: tuple[Role, ...] = ("marketer", "lead", "admin")
"""Who may take texts out of the desk."""
MOST = 10_000
"""Texts of one export."""
_LOOKED_AT = 200
"""So many of the last exports are looked at for what a killed process left beside them."""


class Shelf(Protocol):
    """What is needed of the desk's texts."""

    def rows(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]: ...
    def chosen(self, ids: Collection[str] = ..., **where: str) -> list[Item]: ...


class Store(Kept, Protocol):
    """What keeps exports. `was`: how the export must still stand, or the change is refused."""

    def tell(self, own: str, at: dt.datetime, who: str, act: str, body: Mapping[str, Any]) -> None: ...
    def listed(self, stand: str | None = None, after: str = "", limit: int = 50) -> list[Export]: ...
    def due(self, now: dt.datetime) -> list[str]: ...
    def touched(self, drafts: Collection[str]) -> dict[str, list[str]]: ...


@dataclass(frozen=True)
class Exports:
    """Writes released texts into files. `frozen`: drafts that a recall holds; `source`: where customers are;
    `folder`: where files lie that nobody named."""

    pack: Pack
    engine: CheckEngine
    shelf: Shelf
    store: Store
    frozen: Callable[[], Mapping[str, str]]
    source: Callable[[], Source]
    folder: Path
    webhook: Webhook | None = None

    def make(self, order: Order, by: Person, now: dt.datetime, out: Path | None = None) -> Export:
        """Export now. Raises Forbidden, UnknownId, InputError, DiskFull, FileError; then nothing is left
        behind."""
        export = self._ordered(order, by, now, out)
        return self._written(export, by.login, now)

    def schedule(self, order: Order, by: Person, now: dt.datetime, out: Path | None = None) -> Export:
        """Keep an order for its day. Its texts are chosen now and checked when it runs."""
        export = self._ordered(order, by, now, out)
        if export.order.send_at <= now:
            raise InputError(f"{order.send_at} is past.", "Name a day to come, or export at once.")
        self.store.put(export, now, by.login, "schedule_export", _asked(export))
        return export

    def run(self, own: str, by: Person, now: dt.datetime) -> Export:
        """Write a scheduled export, whether its hour has come or not; its texts are checked for `send_at`, or for now
        where that is past. Raises Refused for one that is not scheduled or holds recalled texts."""
        _allowed(by)
        settle(self.store, [Path(self.store.export(own).file).parent], now)
        export = self.store.export(own)
        if export.stand != "scheduled":
            raise Refused("state", f"The export {own} is {export.stand}.", "Only a scheduled one can be run.")
        if export.frozen:
            named = ", ".join(export.frozen[:5])
            mend = "Have them written or approved again, or cancel it."
            raise Refused("frozen", f"A recall has frozen texts of the export {own}: {named}.", mend, named)
        return self._written(export, by.login, now)

    def run_due(self, by: Person, now: dt.datetime) -> Iterator[Export | CopydeskError]:
        """Write every scheduled export whose time has come; what one fails of does not keep the others."""
        done = self.store.listed(stand="done", limit=_LOOKED_AT)
        settle(self.store, {self.folder, *(Path(one.file).parent for one in done)}, now)
        for own in self.store.due(now):
            try:
                yield self.run(own, by, now)
            except CopydeskError as error:
                yield error

    def cancel(self, own: str, by: Person, now: dt.datetime) -> Export:
        """Take a scheduled export back."""
        _allowed(by)
        export = self.store.export(own)
        if export.stand != "scheduled":
            raise Refused("state", f"The export {own} is {export.stand}.", "Only a scheduled one can be cancelled.")
        cancelled = export.model_copy(update={"stand": "cancelled", "frozen": ()})
        self.store.put(cancelled, now, by.login, "cancel_export", {}, was="scheduled")
        return cancelled

    def may(self, by: Person) -> None:
        """Raise Forbidden for somebody who may not see exports."""
        _allowed(by)

    def taken(self, own: str, table: str, by: Person, now: dt.datetime) -> Export:
        """An export that somebody takes a file of, which is told in the audit."""
        _allowed(by)
        export = self.store.export(own)
        self.store.tell(own, now, by.login, "take_export", {"table": table[:20], "sha256": export.digest})
        return export

    def touched(self, drafts: Collection[str]) -> dict[str, list[str]]:
        """Scheduled exports that hold some drafts, each with those texts: what a recall stops."""
        return self.store.touched(drafts)

    def told_frozen(self, stopped: Mapping[str, Sequence[str]], now: dt.datetime) -> None:
        """Note in the audit that a recall has stopped exports; they run again when their texts have been mended."""
        for own, texts in stopped.items():
            told = {"items": list(texts), "knowledge": self.pack.version}
            self.store.tell(own, now, DESK, "freeze_export", told)

    def _ordered(self, order: Order, by: Person, now: dt.datetime, out: Path | None) -> Export:
        _allowed(by)
        found = self._items(order)
        own = uuid.uuid4().hex[:16]
        file = (out or self.folder / f"{found[0].cell.campaign}-{own}.{order.form}").absolute()
        if len(str(file)) > 400:
            raise FileError(f"{file} is too long a name.", "Name a shorter one.")
        return Export(
            id=own,
            stand="scheduled",
            by=by.login,
            made_at=now,
            order=order.model_copy(update={"send_at": _aware(order.send_at, self.pack)}),
            items=tuple(item.id for item in found),
            file=str(file),
            knowledge=self.pack.version,
        )

    def _items(self, order: Order) -> list[Item]:
        """The texts that an order names; those of a package or campaign where they are released."""
        if order.campaign is not None:
            self.pack.campaign(order.campaign)
        for channel in order.channels:
            if channel not in self.pack.channels:
                raise UnknownId("channel", channel, self.pack.channels)
        where = {"package": order.package, "campaign": order.campaign}
        named = {column: value for column, value in where.items() if value is not None}
        if not order.items:
            named["state"] = "released"
        found = [
            item
            for item in self.shelf.chosen(order.items, **named)
            if not order.channels or item.cell.channel in order.channels
        ]
        if not found:
            raise InputError("No released text is chosen.", "Release some first, or choose others.")
        if len(found) > MOST:
            raise InputError(f"{len(found):,} texts are chosen.", f"Export {MOST:,} at most at a time.")
        return found

    def _written(self, export: Export, who: str, now: dt.datetime) -> Export:
        order = export.order
        # What was to go out yesterday goes out now, and is checked for now.
        again = export.made_at != now
        moment = max(order.send_at, now) if again else order.send_at
        local = moment.astimezone(ZoneInfo(self.pack.institution.timezone)).replace(tzinfo=None)
        items = self.shelf.chosen(export.items)
        found = list(pieces(self.pack, items, self.shelf.rows([one.id for one in items]), self.frozen(), local))
        path = Path(export.file)
        settle(self.store, [path.parent], now)
        with (
            drafted(path, export.id) as draft,
            made(self.pack, self.engine, order, found, local, self.source()) as rows,
        ):
            counts = _write(draft, order, rows, self._about(export, local))
            done = export.model_copy(
                update={"stand": "done", "counts": counts, "digest": digest_of(draft), "ran_at": now}
            )
            self._describe(draft, done, local)
            told = {**_asked(done), **_came(done)}
            self.store.put(done, now, who, "export", told, was="scheduled" if again else None)
            try:
                publish(draft, path)
            except OSError as error:
                lost = done.model_copy(update={"stand": "failed", "why": str(error.strerror or error)})
                self.store.put(lost, now, who, "export_failed", {"why": lost.why}, was="done")
                raise
        self._tell(done, who, now)
        return done

    def _tell(self, export: Export, who: str, now: dt.datetime) -> None:
        if self.webhook is None:
            return
        answer = self.webhook.tell(export, now)
        told = {"delivered": answer.delivered, "tries": answer.tries, "said": answer.said}
        self.store.tell(export.id, now, who, "webhook", told)

    def _about(self, export: Export, local: dt.datetime) -> dict[str, Any]:
        """What the file says of itself. `AIGC` is the label that machines read."""
        asked, bank = self.pack.institution.generated, self.pack.institution
        label = asked.words[self.pack.locales[0]] if asked else ""
        aigc = {"Label": "1", "ContentProducer": bank.name[self.pack.locales[0]], "ProduceID": export.id}
        sent = local.isoformat(timespec="minutes")
        return {"export": export.id, "pack": self.pack.id, "send_at": sent, "label": label, "AIGC": aigc}

    def _describe(self, draft: Path, export: Export, local: dt.datetime) -> None:
        import json

        told = {**self._about(export, local), "sha256": export.digest, **export.counts.model_dump()}
        words = json.dumps(told, ensure_ascii=False, indent=1)
        draft.with_name(f"{draft.name}.meta.json").write_text(words + "\n", encoding="utf-8")


def _write(draft: Path, order: Order, rows: Iterator[Made], about: dict[str, Any]) -> Counts:
    first = columns.CUSTOMERS if order.per_customer else columns.TEMPLATES
    tables: Tables = {"messages": first, "refused": columns.REFUSED, "held": columns.HELD}
    into = sink(order.form, draft, tables, about)
    counted, arms = dict.fromkeys(tables, 0), dict[str, int]()
    try:
        for kind, row in rows:
            into.put(kind, row)
            counted[kind] += 1
            if (arm := row.get("arm")) and order.per_customer:
                arms[arm] = arms.get(arm, 0) + 1
    finally:
        into.close()
    return Counts(rows=counted["messages"], refused=counted["refused"], held=counted["held"], arms=arms)


def _allowed(by: Person) -> None:
    if not by.is_a(*ROLES):
        raise Forbidden(f"To export takes the role of {' or '.join(ROLES)}.", "Ask somebody who has it.")


def _aware(moment: dt.datetime, pack: Pack) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(pack.institution.timezone))


def _asked(export: Export) -> dict[str, Any]:
    """What the audit says of an order: no customer's number, not even of a whitelist."""
    told = export.order.model_dump(mode="json", exclude={"customers", "items", "rollout"})
    rollout = export.order.rollout
    if rollout is not None:
        told["rollout"] = {**rollout.model_dump(mode="json", exclude={"whitelist"}), "named": len(rollout.whitelist)}
    return {**told, "items": list(export.items), "knowledge": export.knowledge}


def _came(export: Export) -> dict[str, Any]:
    return {"file": Path(export.file).name, "sha256": export.digest, **export.counts.model_dump()}
