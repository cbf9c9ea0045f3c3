"""A marked text is still the text: nothing is lost, and nothing in it becomes markup."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.finding import Claim, Finding
from ui.parts.marks import marked, pieces

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;${alert(3)}`{{value}}"


def claim(text: str, start: int, end: int, status: str = "bound") -> Claim:
    """A claim over a span."""
    return Claim.model_validate(
        {"text": text[start:end], "start": start, "end": end, "kind": "rate", "fact": None, "status": status}
    )


def finding(text: str, start: int, end: int, severity: str = "block") -> Finding:
    """A finding over a span."""
    words = {"rule": "FIG-WRONG", "message": "no", "reference": "law", "text": text[start:end]}
    return Finding.model_validate({**words, "severity": severity, "start": start, "end": end})


def plain(html: str) -> str:
    """What a reader sees of some HTML."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_a_payload_is_shown_as_it_is_written() -> None:
    html = str(marked(PAYLOAD, [claim(PAYLOAD, 1, 9)], [finding(PAYLOAD, 5, 30)], "v1"))
    assert plain(html) == PAYLOAD
    assert set(re.findall(r"<(\w+)", html)) <= {"span", "sup"}
    assert "<script" not in html and "<img" not in html


def test_a_figure_points_at_its_proof() -> None:
    html = str(marked("年利率2.2%。", [claim("年利率2.2%。", 3, 7)], [], "v1"))
    assert 'data-owner="v1" data-claim="0"' in html
    assert 'role="button" tabindex="0"' in html and ">2.2%</span>" in html


def test_a_finding_is_told_by_colour_underline_and_code() -> None:
    html = str(marked("稳赚不赔", [], [finding("稳赚不赔", 0, 4)], "v1"))
    assert 'class="cd-found cd-block"' in html and 'data-code="FIG-WRONG"' in html


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=6)


@given(st.text(max_size=40), spans, spans)
def test_pieces_are_the_whole_text_in_order(text: str, claimed: list[list[int]], found: list[list[int]]) -> None:
    claims = [claim(text, start, end) for start, end in claimed]
    findings = [finding(text, start, end) for start, end in found]
    cut = pieces(text, claims, findings)
    assert "".join(text[one.start : one.end] for one in cut) == text
    assert plain(str(marked(text, claims, findings, "v"))) == text
