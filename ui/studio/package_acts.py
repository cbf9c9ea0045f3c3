"""What the page asks about the package that goes to approval: what is ticked, what stands against it, submitted."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from assistant.bootstrap.desk import Desk
from assistant.errors import Refused
from ui.parts.cards import Cards
from ui.parts.proof import Prover
from ui.studio.package import Basket, Wave, against, done, package
from ui.studio.view import RunId, View, ordered
from ui.surface import Answer, Caller, Given, regions
from ui.words import Words


class OfBasket(Given):
    """What is ticked of a run."""

    run: RunId
    basket: Basket


@dataclass(frozen=True)
class PackageActs:
    """Answers about the package, in one language."""

    desk: Desk
    words: Words

    def basket(self, _caller: Caller, given: OfBasket) -> Answer:
        """The form of the package, with what of it is blocked."""
        return regions(package=package(given.basket, self._blocked(given), self.words))

    def passing(self, caller: Caller, view: View) -> Answer:
        """The texts of a view that pass, and that the caller can still put into a package."""
        found = [one for one in ordered(self.desk, view.run) if one.verdict == "pass" and view.shows(one)]
        login, makers = caller.person.login, self.desk.runs.makers(view.run)
        standing = self.desk.shelf.standing([one.draft for one in found if one.draft])
        texts = []
        for one in found:
            item = standing.get(one.draft or "")
            free = item is None or (item.state in ("draft", "changes_asked") and not item.package)
            if free and login in ((item.makers if item else makers) or (login,)):
                texts.append(item.id if item else one.draft)
        return {"texts": texts}

    def submit(self, caller: Caller, given: OfBasket) -> Answer:
        """Make the package and submit it, or neither; what stands against it is told."""
        waves, basket = given.basket.by_wave(self.words), given.basket
        try:
            self.desk.packages.hand_in(basket.name.strip(), waves, basket.criterion, caller.person, caller.now)
        except Refused as refused:
            if refused.code != "package":
                raise
            return {"told": against(refused.what, self.words), "refused": refused.code}
        empty = Basket(waves=(Wave(),), criterion=basket.criterion)
        form = package(empty, (), self.words)
        return {**regions(package=form), "told": done(len(basket.texts()), self.words), "submitted": True}

    def _blocked(self, given: OfBasket) -> list[tuple[str, Markup]]:
        """The ticked texts that a finding blocks: few of a run are, so only these are looked up."""
        ticked = set(given.basket.texts())
        blocked = [one for one in ordered(self.desk, given.run) if one.verdict == "block" and one.draft]
        standing = self.desk.shelf.standing([one.draft for one in blocked if one.draft])
        cards = Cards(Prover(self.desk.pack, self.words))
        owns = [(standing[one.draft].id if one.draft in standing else one.draft or "", one) for one in blocked]
        return [(own, cards.where(one.cell)) for own, one in owns if own in ticked]
