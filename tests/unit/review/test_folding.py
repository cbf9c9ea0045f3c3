"""A sentence that many texts share is read once, and a text whose every sentence was read is approved."""

from __future__ import annotations

import pytest

from assistant.bootstrap.desk import Desk
from assistant.domain.brief import Cell
from assistant.domain.pack import Pack
from assistant.errors import Forbidden, UnknownId
from assistant.review.folding import cut, folded
from assistant.review.packages import folded_texts
from assistant.review.rules import Wish
from assistant.writing.reading import to_read
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
    texts = {key: (Cell.model_validate(row["made_for"]), row["template"]) for key, row in desk.shelf.rows(own).items()}
    return [one.id for one in folded_texts(desk.pack, texts).sentences]


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


def cell(bank: Pack, **more: str) -> Cell:
    usual = {"campaign": "B1-TERM2Y", "segment": "salary", "age": "35-44", "channel": "sms", "locale": "zh-Hans"}
    return Cell.model_validate({**usual, "market": "cn", **more})


def test_the_frame_is_left_out_and_not_a_word_beside_it(written: Desk) -> None:
    pack = written.pack
    for row in written.recalls.drafts():
        where = Cell.model_validate(row["made_for"])
        read, whole = to_read(pack, where, row["template"]), row["template"]
        left = iter("".join(whole.split()))
        assert all(sign in left for sign in "".join(read.split())), "what is read does not stand in the text in order"
        for name, table in (
            ("signature", pack.institution.signature),
            ("opt_out", pack.institution.opt_out[where.market]),
        ):
            if getattr(pack.channels[where.channel], name):
                assert table[where.locale] in whole and table[where.locale] not in read


@pytest.mark.parametrize("words", ["我们不说{}，", "我们不说{}。", "{}，这话不对。", "“{}”"])
def test_a_warning_inside_another_sentence_is_read(bank: Pack, words: str) -> None:
    warning = next(one.wording("CN", "zh-Hans", "short") for one in bank.disclosures.values())
    assert warning is not None
    text = words.format(warning.rstrip("。"))
    assert to_read(bank, cell(bank), text) == text
    assert to_read(bank, cell(bank), f"好。{warning}").split() == ["好。"]


def test_the_warning_of_another_law_is_read(bank: Pack) -> None:
    here = {one.wording("CN", "zh-Hant", "short") for one in bank.disclosures.values()}
    other = [one.wording("TW", "zh-Hant", "short") for one in bank.disclosures.values()]
    foreign = next(words for words in other if words and words not in here)
    assert to_read(bank, cell(bank), f"好。{foreign}") == f"好。{foreign}"


def test_how_a_reader_is_addressed_tells_no_sentences_apart_where_it_is_the_age_bands_own(bank: Pack) -> None:
    young = next(one.id for one in bank.ages.values() if one.address["zh-Hans"] == "你")
    texts = {
        "a": (cell(bank, age=young), "你可以看看。"),
        "b": (cell(bank), "您可以看看。"),
        "c": (cell(bank), "你可以看看。"),
    }
    assert [one.items for one in folded_texts(bank, texts).sentences] == [("a", "b"), ("c",)]


def test_a_text_that_is_all_frame_is_approved_by_nothing(bank: Pack) -> None:
    signature = bank.institution.signature["zh-Hans"]
    assert folded_texts(bank, {"a": (cell(bank), signature)}).complete(frozenset()) == []
