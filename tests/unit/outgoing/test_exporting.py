"""What leaves the desk is what was approved, is lawful for its reader on its day, and is told."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import CHECKER, MAKER, NOW, desk_at, order, refused_of, release, rows_of, write
from sqlalchemy import text

from assistant.bootstrap.desk import Desk
from assistant.domain.rollout import Rollout
from assistant.errors import FileError, Forbidden, InputError, Refused, StoreError, UnknownId
from assistant.review.exporting.rows import Source
from assistant.review.rules import Wish
from assistant.store.audit import AuditStore

Town = Callable[..., Path]


def test_released_texts_leave_as_templates_that_say_what_they_ask_of_a_customer(released: Desk) -> None:
    done = released.outgoing.exports.make(order(), MAKER, NOW)
    rows = rows_of(done.file)
    assert done.counts.rows == len(rows) == len(done.items) and not done.counts.refused
    one = next(row for row in rows if row["channel"] == "sms" and row["locale"] == "zh-Hans")
    assert "{campaign:B1-TERM2Y.link}" in one["template"] and "{" not in one["text"]
    assert one["requires"] == "consent" and one["arm"] == one["item"]
    assert one["signature"] and one["text"].startswith(one["signature"]) and one["text"].endswith(one["opt_out"])
    assert one["link"].startswith("https://") and one["link"] in one["text"]


def test_a_text_that_was_not_released_is_refused_by_name(released: Desk) -> None:
    own = released.shelf.listed(state="released")[0].id
    released.workflow.do([own], Wish("retire", MAKER), NOW)
    done = released.outgoing.exports.make(order(campaign=None, items=(own,)), MAKER, NOW)
    assert [(row["item"], row["rule"]) for row in refused_of(done.file)] == [(own, "state")]
    assert own not in {row["item"] for row in rows_of(released.outgoing.exports.make(order(), MAKER, NOW).file)}


def test_a_text_that_is_not_what_was_approved_is_refused(released: Desk) -> None:
    own = released.shelf.listed(state="released")[0].id
    with released.database.begin() as connection:
        connection.execute(text("update drafts set text = text || '！' where id = :own"), {"own": own})
    done = released.outgoing.exports.make(order(), MAKER, NOW)
    assert [(row["item"], row["rule"]) for row in refused_of(done.file)] == [(own, "content")]


def test_a_text_that_a_recall_has_frozen_is_refused(released: Desk) -> None:
    own = released.shelf.listed(state="released")[0]
    released.recalls.freeze("another", [(own.draft, [], "render")])
    done = released.outgoing.exports.make(order(), MAKER, NOW)
    assert [(row["item"], row["rule"]) for row in refused_of(done.file)] == [(own.id, "recalled")]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"marketing_consent": "false"}, "HOUSE-CONSENT"),
        ({"marketing_consent": ""}, "HOUSE-CONSENT"),
        ({"risk_light": "red"}, "risk_light"),
        ({"segment": "dormant"}, "no_text"),
        ({"segment": ""}, "customer"),
        ({"birth_date": ""}, "customer"),
        ({"birth_date": "1899-01-01"}, "customers"),
        ({"birth_date": "2015-01-01"}, "customer"),
        ({"locale": "fr"}, "customer"),
        ({"market": "mars"}, "customer"),
        ({"locale": "zh-Hant", "market": "tw"}, "no_text"),
    ],
)
def test_a_customer_whom_something_forbids_gets_nothing(
    released: Desk, town: Town, change: dict[str, str], rule: str
) -> None:
    done = released.outgoing.exports.make(order(customers=str(town({}, change)), per_customer=True), MAKER, NOW)
    assert [row["customer_id"] for row in rows_of(done.file)] == ["C1"]
    refused = refused_of(done.file)
    assert rule in {row["rule"] for row in refused} and {row["row"] for row in refused} == {"3"}


def test_each_customer_gets_the_text_of_their_own_audience(released: Desk, town: Town) -> None:
    people = town({}, {"birth_date": "1968-01-01"}, {"preferred_channel": "email"}, {"locale": "en", "name": "Li Min"})
    done = released.outgoing.exports.make(order(customers=str(people), per_customer=True), MAKER, NOW)
    found = [(row["customer_id"], row["age"], row["channel"], row["locale"]) for row in rows_of(done.file)]
    assert found == [
        ("C1", "35-44", "sms", "zh-Hans"),
        ("C2", "55-64", "sms", "zh-Hans"),
        ("C3", "35-44", "email", "zh-Hans"),
        ("C4", "35-44", "sms", "en"),
    ]


def test_at_night_nothing_is_written_for_a_text_message(released: Desk, town: Town) -> None:
    late = dt.datetime(2026, 11, 23, 22, 30)
    people = str(town({}, {"preferred_channel": "email"}))
    done = released.outgoing.exports.make(order(customers=people, per_customer=True, send_at=late), MAKER, NOW)
    assert [row["channel"] for row in rows_of(done.file)] == ["email"]
    assert [(row["customer_id"], row["rule"]) for row in refused_of(done.file)] == [("C1", "CN-SMS")]


def test_the_label_stands_in_its_column_in_the_text_and_beside_the_file(released: Desk, bank: Any) -> None:
    done = released.outgoing.exports.make(order(), MAKER, NOW)
    label = bank.institution.generated.words
    for row in rows_of(done.file):
        assert row["label"] == label[row["locale"]]
        assert row["text"].endswith(row["label"]) == (row["channel"] == "email")
    told = json.loads(Path(f"{done.file}.meta.json").read_text("utf-8"))
    assert told["sha256"] == done.digest and told["AIGC"]["ProduceID"] == done.id and told["label"]


def test_an_export_stands_in_the_audit_without_a_customers_number(released: Desk, town: Town) -> None:
    rollout = Rollout(experiment="may", stage="whitelist", whitelist=("C1",))
    wanted = order(customers=str(town({}, {})), per_customer=True, rollout=rollout)
    done = released.outgoing.exports.make(wanted, MAKER, NOW)
    row = list(AuditStore(released.database).rows(subject=f"export:{done.id}"))[-1]
    assert (row.who, row.act, row.body["sha256"], row.body["rows"]) == ("mei", "export", done.digest, 1)
    assert "C1" not in json.dumps(row.body)


def test_a_checker_exports_nothing(released: Desk) -> None:
    with pytest.raises(Forbidden, match="marketer"):
        released.outgoing.exports.make(order(), CHECKER, NOW)


def test_an_order_that_chooses_nothing_known_is_told_with_the_mend(released: Desk) -> None:
    exports = released.outgoing.exports
    with pytest.raises(UnknownId, match="B1-TERM2Y"):
        exports.make(order(campaign="B1-TERM2"), MAKER, NOW)
    with pytest.raises(UnknownId):
        exports.make(order(campaign=None, items=("nosuch",)), MAKER, NOW)
    with pytest.raises(InputError, match="No released text"):
        exports.make(order(campaign="A1-OPEN"), MAKER, NOW)
    with pytest.raises(InputError, match="No customers"):
        exports.make(order(per_customer=True), MAKER, NOW)


def test_arms_part_the_customers_and_a_control_gets_nothing(released: Desk, town: Town) -> None:
    cell = [one for one in released.shelf.listed(state="released") if one.cell.key.endswith("35-44/sms/zh-Hans/cn")]
    arms = [
        {"name": "A", "share": 400, "texts": (cell[0].id,)},
        {"name": "B", "share": 400, "texts": (cell[1].id,)},
        {"name": "control", "share": 200},
    ]
    rollout = Rollout.model_validate({"experiment": "may", "stage": "ab", "arms": arms})
    people = str(town(*[{}] * 200))
    done = released.outgoing.exports.make(order(customers=people, per_customer=True, rollout=rollout), MAKER, NOW)
    rows = rows_of(done.file)
    assert {(row["arm"], row["item"]) for row in rows} == {("A", cell[0].id), ("B", cell[1].id)}
    held = rows_of(Path(done.file).with_suffix(".held.csv"))
    assert {row["arm"] for row in held} == {"control"} and len(rows) + len(held) == 200
    assert done.counts.arms["control"] == len(held) == done.counts.held


def test_a_scheduled_export_is_checked_when_it_runs(released: Desk, town: Town) -> None:
    exports, day = released.outgoing.exports, dt.timedelta(days=1)
    kept = exports.schedule(order(send_at=NOW + day), MAKER, NOW)
    assert released.outgoing.export_store.due(NOW) == [] and not Path(kept.file).exists()
    own = kept.items[0]
    released.workflow.do([own], Wish("retire", MAKER), NOW)
    done = list(exports.run_due(MAKER, NOW + day))
    assert [getattr(one, "stand", None) for one in done] == ["done"]
    assert [(row["item"], row["rule"]) for row in refused_of(kept.file)] == [(own, "state")]
    with pytest.raises(Refused, match="is done"):
        exports.run(kept.id, MAKER, NOW + day)


def test_a_recall_stops_a_scheduled_export_until_its_texts_are_mended(released: Desk) -> None:
    exports, store = released.outgoing.exports, released.outgoing.export_store
    kept = exports.schedule(order(send_at=NOW + dt.timedelta(days=1)), MAKER, NOW)
    item = released.shelf.listed(state="released")[0]
    assert exports.touched([item.draft]) == {kept.id: [item.id]}
    released.recalls.freeze("another", [(item.draft, [], "render")])
    assert store.export(kept.id).frozen == (item.id,)
    with pytest.raises(Refused) as refused:
        exports.run(kept.id, MAKER, NOW + dt.timedelta(days=1))
    assert refused.value.code == "frozen" and not Path(kept.file).exists()
    released.recalls.freeze("another", [])
    with released.database.begin() as connection:
        connection.execute(text("delete from recalled"))
    assert exports.run(kept.id, MAKER, NOW + dt.timedelta(days=1)).stand == "done"


def test_a_cancelled_export_never_runs(released: Desk) -> None:
    exports = released.outgoing.exports
    kept = exports.schedule(order(send_at=NOW + dt.timedelta(days=1)), MAKER, NOW)
    exports.cancel(kept.id, MAKER, NOW)
    assert list(exports.run_due(MAKER, NOW + dt.timedelta(days=2))) == []
    with pytest.raises(InputError, match="is past"):
        exports.schedule(order(), MAKER, NOW)


def test_a_locked_database_leaves_no_file(released: Desk, bank: Any, engine: Any, tmp_path: Path) -> None:
    quick = desk_at(released.settings.home, bank, engine, busy_seconds=0.05)
    holder = sqlite3.connect(released.settings.home / "copydesk.db", isolation_level=None)
    out = tmp_path / "out" / "may.csv"

    def source() -> Source:
        """Called when all has been read and nothing is noted yet: from here on somebody else holds the database."""
        holder.execute("begin immediate")
        return Source(None, frozenset())

    with pytest.raises(StoreError, match="locked"):
        replace(quick.outgoing.exports, source=source).make(order(), MAKER, NOW, out)
    holder.close()
    assert list(out.parent.iterdir()) == [] and quick.outgoing.export_store.listed() == []


def test_a_full_disk_leaves_no_file_and_no_record(released: Desk) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        released.outgoing.exports.make(order(), MAKER, NOW, Path("/dev/full/may.csv"))
    assert released.outgoing.export_store.listed() == []


def test_a_text_that_offers_risk_says_for_whom_and_is_checked_for_each(
    bank: Any, engine: Any, tmp_path: Path, town: Town
) -> None:
    desk = desk_at(tmp_path / "home", bank, engine)
    write(desk, "A4-BROWSE", channels=("sms",))
    release(desk, sorted(row["id"] for row in desk.recalls.drafts()))
    wanted = {"campaign": "A4-BROWSE"}
    templates = rows_of(desk.outgoing.exports.make(order(**wanted), MAKER, NOW).file)
    assert {row["requires"] for row in templates} == {"consent;risk>=R2;risk_assessed_at"}
    people = town({}, {"risk_rating": "C1"}, {"risk_assessed_at": "2025-01-01"}, {"risk_rating": ""})
    done = desk.outgoing.exports.make(order(**wanted, customers=str(people), per_customer=True), MAKER, NOW)
    assert [row["customer_id"] for row in rows_of(done.file)] == ["C1"]
    assert {(row["customer_id"], row["rule"]) for row in refused_of(done.file)} == {
        ("C2", "CN-SUIT"), ("C3", "CN-SUIT"), ("C4", "CN-SUIT"),
    }  # fmt: skip


def test_a_first_contact_is_written_to_only_with_the_way_to_refuse(
    bank: Any, engine: Any, tmp_path: Path, town: Town
) -> None:
    desk = desk_at(tmp_path / "home", bank, engine)
    write(desk, "B1-TERM2Y", channels=("sms", "email"), locales=("zh-Hant",))
    release(desk, sorted(row["id"] for row in desk.recalls.drafts()))
    requires = {(row["channel"], "not_first_contact" in row["requires"].split(";"))
                for row in rows_of(desk.outgoing.exports.make(order(), MAKER, NOW).file)}  # fmt: skip
    assert requires == {("sms", False), ("email", True)}
    there = {"locale": "zh-Hant", "market": "tw"}
    people = town(there, {**there, "preferred_channel": "email"})
    done = desk.outgoing.exports.make(order(customers=str(people), per_customer=True), MAKER, NOW)
    assert [row["channel"] for row in rows_of(done.file)] == ["sms"]
    assert [row["rule"] for row in refused_of(done.file)] == ["TW-PDPA"]
