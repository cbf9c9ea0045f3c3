"""What is wrong with a proposed text, at its line; and what is written anew elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from assistant.domain.proposal import Fault
from ui.knowledge.naming import Naming
from ui.parts.html import NONE, html, joined
from ui.parts.tongues import as_written

MOST = 50
"""Problems that are drawn; whoever has more begins with the first."""


def problems(naming: Naming, faults: Sequence[Fault], text: str, typed: bool = False) -> Markup:
    """Each problem with its line and the words that stand there; `typed`: the text stands below, to go to its line."""
    words, lines = naming.words, text.splitlines()
    rows = joined(_problem(naming, one, lines, typed) for one in faults[:MOST])
    return html(
        '<section class="kn-problems"><h3>{title}</h3><ol>{rows}</ol></section>',
        title=words.count("knowledge.problems", len(faults)), rows=rows,
    )  # fmt: skip


def outdated(naming: Naming, faults: Sequence[Fault]) -> Markup:
    """Examples of rules that state what is no longer so, folded: they hold nothing up."""
    if not faults:
        return NONE
    rows = joined(html('<li lang="en"><code>{place}</code> {what}</li>', place=f"{one.file}:{one.line}", what=one.what)
                  for one in faults[:MOST])  # fmt: skip
    return html(
        '<details class="kn-fold"><summary>{title}</summary><p class="cd-quiet">{lead}</p>'
        '<ul class="kn-examples">{rows}</ul></details>',
        title=naming.words.count("knowledge.outdated", len(faults)), lead=naming.words("knowledge.outdated_lead"),
        rows=rows,
    )  # fmt: skip


def _problem(naming: Naming, one: Fault, lines: list[str], typed: bool) -> Markup:
    inside = one.row is not None and 1 <= one.row <= len(lines)
    place = naming.words("knowledge.at_line", n=one.row) if one.row else f"{one.file}:{one.line}"
    quoted = (
        html('<code class="kn-quoted">{line}</code>', line=as_written(lines[one.row - 1][:200], naming.here))
        if inside and one.row
        else NONE
    )
    button = ""
    if inside and typed:
        button = html(
            '<button type="button" class="cd-link" data-line="{row}">{place}</button>', row=one.row, place=place
        )
    return html(
        '<li><p>{place}{quoted}</p><p lang="en"><strong>{what}</strong> {mend}</p></li>',
        place=button or html("<code>{place}</code>", place=place), quoted=quoted, what=_sentence(one.what),
        mend=_sentence(one.mend),
    )  # fmt: skip


def _sentence(words: str) -> str:
    """Words of a report as a sentence."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""
