"""The search as a LangChain retriever, for chains and agents that expect one."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.retrieval.filters import Filter
from assistant.retrieval.search import EVERYTHING, Hit, Search


class PackRetriever(BaseRetriever):
    """At most `k` documents that `filter` allows.

    Metadata: `source` (the owner), `id`, `kind`, `locale`, `title`, `score`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)
    search: Search
    filter: Filter = EVERYTHING
    k: int = 6

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.search.search(query, self.filter, self.k)]


def _document(hit: Hit) -> Document:
    entry = hit.entry
    metadata = {
        "source": entry.owner,
        "id": entry.id,
        "kind": entry.kind,
        "locale": entry.locale,
        "title": entry.title,
        "score": hit.score,
    }
    return Document(id=entry.id, page_content=entry.text, metadata=metadata)
