"""For a lead: who has how many calls, and those of the absent given to others, after a look at what that would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.playbook.absence import Handed
from ui.calls.waiting import Queue
from ui.parts.html import html, joined
from ui.words import Words


def team(queue: Queue, managers: Mapping[str, str], words: Words) -> Markup:
    """The managers with open calls, each with a box for who is not there, and a choice of who takes the calls."""
    count = Counter(one.action.manager or "" for one in queue.calls)
    late = Counter(one.action.manager or "" for one in queue.calls if one.queued.state == "overdue")
    boxes = joined(
        html(
            '<label class="cd-tick"><input type="checkbox" value="{own}" data-absent> <span>{name} '
            '<small>{told}</small></span></label>',
            own=own, name=managers.get(own, own), told=_told(count[own], late[own], words),
        )
        for own in sorted(count) if own
    )  # fmt: skip
    known = dict.fromkeys([*sorted(managers), *sorted(own for own in count if own)])
    options = joined(
        html('<option value="{own}">{name}</option>', own=own, name=managers.get(own, own)) for own in known
    )
    return html(
        '<details class="cd-panel cd-away"><summary>{title}</summary><fieldset><legend>{who}</legend>{boxes}</fieldset>'
        '<label>{to}<select data-takes><option value="">{all}</option>{options}</select></label>'
        '<button type="button" class="cd-button" data-rehearse>{rehearse}</button>'
        '<div data-region="handed"></div></details>',
        title=words("calls.away.title"), who=words("calls.away.who"), boxes=boxes, to=words("calls.away.to"),
        all=words("calls.away.all"), options=options, rehearse=words("calls.away.rehearse"),
    )  # fmt: skip


def _told(count: int, late: int, words: Words) -> str:
    told = [words.count("calls.waiting", count)]
    return " · ".join([*told, words.count("calls.overdue_count", late)] if late else told)


def handed(
    moved: Sequence[Handed], names: Mapping[str, str], managers: Mapping[str, str], words: Words, sure: bool
) -> Markup:
    """What would go to whom, with the button that does it; or what has gone."""
    if not moved:
        return html('<p class="cd-quiet" role="status">{none}</p>', none=words("calls.away.none"))
    rows = joined(
        html(
            "<li>{who}: {was} → <b>{manager}</b></li>", who=names.get(one.action.customer_id, one.action.customer_id),
            was=managers.get(one.was, one.was), manager=managers.get(one.manager, one.manager),
        )
        for one in moved
    )  # fmt: skip
    told = words.count("calls.away.done" if sure else "calls.away.would", len(moved))
    do = html('<button type="button" class="cd-button cd-first" data-hand>{do}</button>', do=words("calls.away.do"))
    return html('<p role="status"><b>{told}</b></p><ul class="cd-moved">{rows}</ul>{do}', told=told, rows=rows,
                do=Markup("") if sure else do)  # fmt: skip
