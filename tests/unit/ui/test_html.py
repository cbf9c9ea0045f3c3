"""Templates are filled with what is escaped, whatever is put in."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from ui.parts.html import html


def test_a_value_is_escaped_and_markup_stands_as_it_is() -> None:
    told = html('<p title="{who}">{who} {n}</p>{more}', who='<b>"&', n=3, more=Markup("<i>{who}</i>"))
    assert told == '<p title="&lt;b&gt;&#34;&amp;">&lt;b&gt;&#34;&amp; 3</p><i>{who}</i>'
    assert isinstance(told, Markup)


def test_doubled_braces_stand_for_one_and_a_gap_must_be_filled() -> None:
    assert html("{{{own}}}", own="a") == "{a}"
    with pytest.raises(KeyError):
        html("{own}")


@pytest.mark.parametrize("template", ["{n:03}", "{n!r}"])
def test_a_template_that_forms_its_values_itself_is_refused(template: str) -> None:
    with pytest.raises(AssertionError):
        html(template, n=3)
