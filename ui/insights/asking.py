"""What the page asks the desk for, view by view; nobody in it is a customer by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.errors import CopydeskError
from assistant.review.insights.span import Span, lately, month_of
from assistant.review.insights.viewing import view_of
from ui.insights.asked import Asked, Wish, read
from ui.insights.bar import filters, tabs
from ui.insights.calls import calls
from ui.insights.figures import Figures
from ui.insights.month import month
from ui.insights.reach import coverage, pressure
from ui.insights.results import results
from ui.insights.work import work
from ui.parts.html import joined
from ui.parts.notice import refusal
from ui.surface import Answer, Caller, regions
from ui.words import Words

EXPERIMENTS = 5
"""The last ones, which are drawn."""


@dataclass(frozen=True)
class Asking:
    """Answers the page's script."""

    desk: Desk
    words: Words

    def show(self, caller: Caller, wish: Wish) -> Answer:
        """The view that a wish names, its filters, and the address that leads back to it."""
        pack = self.desk.pack
        figures, zone = Figures(pack, self.words), pack.institution.timezone
        today = caller.now.astimezone(ZoneInfo(zone)).date()
        asked = read(wish, today)
        span = month_of(asked.month, zone) if asked.view == "calendar" else lately(asked.period, caller.now, zone)
        drawn = {"filters": filters(figures, asked, span), "tabs": tabs(figures, asked)}
        drawn["view"] = self._guarded(lambda: self._view(caller, figures, asked, span))
        return {**regions(**drawn), "asked": asked.address(today), "view": asked.view}

    def _view(self, caller: Caller, figures: Figures, asked: Asked, span: Span) -> Markup:
        if asked.campaign is not None:
            self.desk.pack.campaign(asked.campaign)
        if asked.view == "calendar":
            return self._calendar(caller, figures, asked, span)
        if asked.view == "work":
            return self._work(figures, asked, span)
        if asked.view == "reach":
            return self._reach(caller, figures, asked)
        if asked.view == "calls":
            return self._calls(caller, figures, asked, span)
        return self._results(figures, asked, span)

    def _calendar(self, caller: Caller, figures: Figures, asked: Asked, span: Span) -> Markup:
        view = view_of(caller.person, caller.managers)
        found = self.desk.insights.calendar.month(span, view, asked.campaign)
        today = caller.now.astimezone(ZoneInfo(span.zone)).date()
        return month(figures, asked, found, today)

    def _work(self, figures: Figures, asked: Asked, span: Span) -> Markup:
        counted, campaign = self.desk.insights.work, asked.campaign
        return work(
            figures,
            counted.volume(span, campaign),
            counted.waiting(span, campaign),
            counted.objections(span, campaign),
        )

    def _reach(self, caller: Caller, figures: Figures, asked: Asked) -> Markup:
        reach = self.desk.insights.reach
        return joined(
            (
                self._guarded(lambda: coverage(figures, reach.coverage(asked.across, caller.now, asked.campaign))),
                self._guarded(lambda: pressure(figures, reach.pressure(caller.now))),
            )
        )

    def _calls(self, caller: Caller, figures: Figures, asked: Asked, span: Span) -> Markup:
        counted, view = self.desk.insights.calls, view_of(caller.person, caller.managers)
        whole, by_trigger = counted.kept(span, view, caller.now, asked.campaign)
        by_manager = counted.by_manager(span, view, caller.now, asked.campaign) if view.exact else []
        return calls(figures, view, whole, by_trigger, by_manager)

    def _results(self, figures: Figures, asked: Asked, span: Span) -> Markup:
        insights, where = self.desk.insights, dict(asked.narrowed)
        if asked.campaign is not None:
            where["campaign"] = asked.campaign
        shown = insights.results.show((asked.by,), None, span.days, **where)
        names = [] if asked.narrowed else insights.experiments(asked.campaign)[:EXPERIMENTS]
        return results(figures, asked, shown, [insights.results.compare(name) for name in names])

    def _guarded(self, drawn: Callable[[], Markup]) -> Markup:
        """A part of the page; what fails is told in its place, and the others stand."""
        try:
            return drawn()
        except CopydeskError as error:
            return refusal(error, self.words)
