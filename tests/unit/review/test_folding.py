"""A sentence that many texts share is read once, and a text whose every sentence was read is approved."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.errors import Forbidden, UnknownId
from assistant.review.folding import cut, folded
from assistant.review.rules import Wish
from tests.unit.review.moves import CHECKER, MAKER, NOW, bundled, do, edit


def test_a_slot_with_its_dots_stays_whole() -> None:
    template = "{customer.salutation}，您好。{product:TD-24M.rate} a year. See {campaign:X.link} now\nBye"
    assert cut(template) == [
        "{customer.salutation}，您好。",
        "{product:TD-24M.rate} a year.",
        "See {campaign:X.link} now",
        "Bye",
    ]


def test_the_same_words_with_another_products_slot_are_one_sentence() -> None:
    texts = [("a", "en", "It pays {product:TD-24M.rate}."), ("b", "en", "It pays {product:TD-12M.rate}.")]
    assert [one.items for one in folded(texts).sentences] == [("a", "b")]


def test_the_same_words_in_another_language_or_with_another_slot_are_two() -> None:
    texts = [("a", "en", "It pays {product:A.rate}."), ("b", "en", "It pays {product:A.benchmark}.")]
    texts.append(("c", "zh-Hans", "It pays {product:A.rate}."))
    assert len(folded(texts).sentences) == 3


def test_no_sentence_of_a_text_is_left_out(written: Desk) -> None:
    for row in written.recalls.drafts():
        assert "".join("".join(cut(row["template"])).split()) == "".join(row["template"].split())


def sentences(desk: Desk, own: list[str]) -> list[str]:
    rows = desk.shelf.rows(own)
    return [one.id for one in folded([(k, r["made_for"]["locale"], r["template"]) for k, r in rows.items()]).sentences]


def test_reading_every_sentence_once_approves_every_text(written: Desk) -> None:
    package, own = bundled(written, 12)
    written.packages.do_package(package, Wish("submit", MAKER), NOW)
    read = sentences(written, own)
    assert len(read) < sum(len(cut(row["template"])) for row in written.shelf.rows(own).values())
    first = written.packages.read(package, read[:-1], CHECKER, NOW)
    last = written.packages.read(package, read[-1:], CHECKER, NOW)
    assert last and {one.id for one in (*first, *last)} == set(own)
    assert {one.state for one in written.shelf.listed(package=package)} == {"approved"}


def test_a_text_that_was_edited_meanwhile_is_not_approved_by_what_was_read(written: Desk) -> None:
    package, own = bundled(written, 18)
    written.packages.do_package(package, Wish("submit", MAKER), NOW)
    read = sentences(written, own)
    cells = {key: row["made_for"] for key, row in written.shelf.rows(own).items()}
    target = next(key for key, cell in cells.items() if cell["channel"] == "email")
    edit(written, target, MAKER, more="\n祝好。" if cells[target]["locale"] == "zh-Hans" else "\nThank you.")
    do(written, target, "submit", MAKER)
    fresh = set(sentences(written, own))
    assert len(fresh - set(read)) == 1
    told = written.packages.read(package, [one for one in read if one in fresh], CHECKER, NOW)
    assert target not in {one.id for one in told} and len(told) == len(own) - 1


def test_who_is_no_checker_passes_no_sentence(written: Desk) -> None:
    package, own = bundled(written)
    with pytest.raises(Forbidden):
        written.packages.read(package, sentences(written, own)[:1], MAKER, NOW)


def test_a_sentence_of_another_package_is_refused(written: Desk) -> None:
    package, _ = bundled(written)
    with pytest.raises(UnknownId, match="sentence"):
        written.packages.read(package, ["0" * 32], CHECKER, NOW)
