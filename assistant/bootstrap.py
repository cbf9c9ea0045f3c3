"""Settings → a wired desk: the one place that names concrete parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.checks.engine import CheckEngine, rule_problems
from assistant.domain.brief import Brief, Cell
from assistant.domain.catalogue import Product
from assistant.domain.knowledge import knowledge_of
from assistant.domain.pack import Pack
from assistant.domain.suitability import Refusal
from assistant.errors import InputError, PackError, Problem, SettingsError
from assistant.packs.loader import Reading, examine, load_pack
from assistant.packs.locate import content_root, pack_folder
from assistant.settings import Settings
from assistant.staff import Staff
from assistant.writing.cells import CellWriter
from assistant.writing.drafts import EvidenceItem, Job, Mender
from assistant.writing.gate import Gate
from assistant.writing.matrix import Matrix
from assistant.writing.offers import offer_for
from assistant.writing.phrases.writer import PhraseWriter

if TYPE_CHECKING:
    from assistant.models.endpoint import Endpoint
    from assistant.models.structured import Structured
    from assistant.models.tokens import Tokens
    from assistant.playbook.actions import NextActions
    from assistant.retrieval.embedding import Embedder
    from assistant.retrieval.search import Search
    from assistant.review.recall import Touched
    from assistant.review.workflow import Workflow
    from assistant.store.database import Database
    from assistant.store.desk import DeskStore
    from assistant.store.drafts import DraftStore
    from assistant.store.recalls import RecallStore
    from assistant.writing.model.prompter import Prompter
    from assistant.writing.report import Estimate
    from assistant.writing.scripts.of_actions import Scripts

Notify = Callable[[str], None]


@dataclass
class Desk(Staff):
    """Everything that the commands, the pages and the API work with; parts are made when first used."""

    settings: Settings
    pack_name: str = "bank"
    notify: Notify = field(default=lambda message: None)

    @cached_property
    def content(self) -> Path:
        """The folder of knowledge and prompts."""
        return content_root(self.settings.content)

    @cached_property
    def folder(self) -> Path:
        """The pack's folder."""
        return pack_folder(self.content, self.pack_name)

    @cached_property
    def pack(self) -> Pack:
        """The validated pack. Raises PackError with everything that is wrong with it."""
        return load_pack(self.folder)

    @cached_property
    def engine(self) -> CheckEngine:
        """The check engine over the pack's rules."""
        return CheckEngine(self.pack)

    @cached_property
    def embedder(self) -> Embedder | None:
        """The embedding model, where an endpoint is set."""
        if self.settings.embedding_url is None:
            return None
        from assistant.models.embedding import EndpointEmbedder

        key, name = self.settings.embedding_key, self.settings.embedding_name
        return EndpointEmbedder(self.settings.embedding_url, name or "", key)

    @cached_property
    def search(self) -> Search:
        """The search over the pack; its index is rebuilt where it is missing or damaged."""
        from assistant.retrieval.opening import open_search

        return open_search(self.pack, self.settings.home, embedder=self.embedder, notify=self.notify)

    @cached_property
    def database(self) -> Database:
        """The database, its schema up to date."""
        from assistant.store.database import Database, sqlite_url

        url = self.settings.database_url or sqlite_url(self.settings.home / "copydesk.db")
        return Database(url, self.settings.busy_seconds)

    @cached_property
    def drafts(self) -> DraftStore:
        """Runs, cells and drafts."""
        from assistant.store.drafts import DraftStore

        return DraftStore(self.database)

    @cached_property
    def recalls(self) -> RecallStore:
        """Versions of the knowledge, and the drafts that a change has frozen."""
        from assistant.store.recalls import RecallStore

        return RecallStore(self.database)

    @cached_property
    def shelf(self) -> DeskStore:
        """Texts under decision, and what was decided."""
        from assistant.store.desk import DeskStore

        return DeskStore(self.database)

    @cached_property
    def workflow(self) -> Workflow:
        """What takes a text from a draft to its release."""
        from assistant.review.looking import Looking
        from assistant.review.workflow import Workflow

        return Workflow(self.shelf, Looking(self.pack, self.engine, self.shelf.rows))

    def recall(self, since: str | None = None) -> list[Touched]:
        """Every kept draft that the knowledge of today touches. InputError for a version that nobody wrote on."""
        from assistant.review.assets import asset_of, renderer
        from assistant.review.recall import Recall

        if since is not None and self.recalls.known(since) is None:
            raise InputError(f"Nothing was written on the knowledge {since}.", "copydesk doctor names the version.")
        recall = Recall(self.engine, knowledge_of(self.pack), lru_cache(self.recalls.known), renderer(self.pack))
        rows = (asset_of(self.pack, row) for row in self.recalls.drafts(since))
        return list(recall.touched(asset for asset in rows if asset is not None))

    def freeze(self, touched: Sequence[Touched]) -> None:
        """Freeze drafts until somebody deals with what touches them."""
        rows = [(one.asset.id, [asdict(reason) for reason in one.why], one.mend) for one in touched]
        self.recalls.freeze(self.pack.version, rows)

    @cached_property
    def actions(self) -> NextActions:
        """Scans, and the next actions that they found."""
        from assistant.playbook.actions import NextActions
        from assistant.store.actions import ActionStore

        return NextActions(self.pack, ActionStore(self.database), self.settings.data)

    @cached_property
    def scripts(self) -> Scripts:
        """Call scripts for the next actions."""
        from assistant.writing.scripts.of_actions import Scripts
        from assistant.writing.scripts.writer import ScriptWriter

        return Scripts(ScriptWriter(self.pack, self.engine), self.actions)

    @cached_property
    def phrases(self) -> PhraseWriter:
        """The embedded writer."""
        return PhraseWriter(self.pack)

    @cached_property
    def endpoint(self) -> Endpoint | None:
        """Where the model is, where one is set. Raises SettingsError where a server's model has no name."""
        settings = self.settings
        if settings.model_url is None:
            return None
        from pydantic import SecretStr

        from assistant.models.endpoint import LOCAL, Endpoint

        url, name = settings.model_url, settings.model_name
        if name is None and url.startswith(LOCAL):
            name = Path(url.removeprefix(LOCAL)).name
        if name is None:
            raise SettingsError(
                "COPYDESK_MODEL_URL is set without COPYDESK_MODEL_NAME.", "Name the model that it serves."
            )
        return Endpoint(
            url,
            name,
            SecretStr(settings.model_key or ""),
            timeout_s=settings.model_timeout,
            # A model in this process writes one text at a time: more calls would wait within their deadlines.
            concurrency=1 if url.startswith(LOCAL) else settings.model_concurrency,
            max_tokens=settings.model_max_tokens,
            seeded=settings.model_seed,
        )

    @cached_property
    def structured(self) -> Structured | None:
        """What asks the model, where one is set."""
        if self.endpoint is None:
            return None
        from assistant.models.structured import Structured

        return Structured(self.endpoint)

    @cached_property
    def tokens(self) -> Tokens:
        """The best count of tokens that is to be had."""
        from assistant.models.tokens import Tokens

        return Tokens(self.endpoint)

    @cached_property
    def prompter(self) -> Prompter:
        """The prompts of cells; they can be looked at without a model."""
        from assistant.writing.model.examples import Examples
        from assistant.writing.model.prompt import load_prompt
        from assistant.writing.model.prompter import Prompter

        return Prompter(self.pack, load_prompt(self.content / "prompts", "write"), self.tokens, Examples(self.pack))

    @cached_property
    def model(self) -> Mender | None:
        """The model writer, where a model is set."""
        if self.structured is None:
            return None
        from assistant.writing.model.prompt import load_prompt
        from assistant.writing.model.writer import ModelWriter

        name, repair = self.structured.endpoint.name, load_prompt(self.content / "prompts", "repair")
        late = self.settings.model_timeout
        return ModelWriter(self.pack, self.structured, name, self.prompter, repair, deadline_s=late)

    @cached_property
    def matrix(self) -> Matrix:
        """The matrix writer."""
        writer = CellWriter(self.pack, Gate(self.pack, self.engine), self.phrases, self.evidence, self.model)
        # Phrases are composed on this thread: many at once would only make the first one wait for the last.
        concurrency = self.endpoint.concurrency if self.endpoint else 1
        self.recalls.keep(knowledge_of(self.pack))
        return Matrix(self.pack, writer, self.drafts, concurrency)

    def estimate(self, brief: Brief) -> Estimate:
        """What the model would cost for a brief, before it is written."""
        from assistant.writing.report import estimated

        jobs = (self.job(cell, brief) for cell in brief.cells(self.pack))
        prompts = [self.prompter.prompt(job)[0] for job in jobs if isinstance(job, Job)]
        words = ["\n".join(message["content"] for message in prompt.messages) for prompt in prompts]
        return estimated(words, brief.variants, self.tokens)

    def job(self, cell: Cell, brief: Brief) -> Job | Refusal:
        """A cell as a writer gets it, or the rule that forbids it."""
        offer = offer_for(self.pack, cell, brief.send_on)
        if offer.refusal:
            return offer.refusal
        evidence = self.evidence(cell, offer.product, brief)
        return Job(cell, offer.product, evidence, brief.variants, brief.note, brief.send_on)

    def evidence(self, cell: Cell, product: Product | None, brief: Brief) -> Sequence[EvidenceItem]:
        """What of the pack a cell rests on: its campaign, its product, the guides that fit."""
        from assistant.retrieval.evidence import evidence_for

        own = product.id if product else None
        return evidence_for(self.search, cell.campaign, own, cell.locale, cell.market, brief.send_on)


def pack_problems(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """Everything wrong with a pack: its files, its references, its rules, the conditions of its triggers."""
    reading = Reading(folder)
    pack, problems = examine(folder, reading)
    if pack is not None:
        problems = problems + list(rule_problems(pack)) + list(_trigger_problems(pack, reading))
    return pack, problems


def _trigger_problems(pack: Pack, reading: Reading) -> Iterator[Problem]:
    if not pack.triggers:
        return
    from assistant.playbook.checking import faults

    for section, own, key, what, mend in faults(pack):
        file, line = reading.at(section, own, key) if own else (f"{section}.yaml", 1)
        yield Problem(file, line, f"{own or section}: {key}: {what}", mend)


def checked_pack(folder: Path) -> Pack:
    """A pack without a problem; PackError otherwise."""
    pack, problems = pack_problems(folder)
    if pack is None or problems:
        raise PackError(problems)
    return pack
