"""What binding knows of one locale: labels beside figures, wordless claims, asides."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checks.binding.asides import Asides
from assistant.checks.binding.flags import Flags
from assistant.checks.binding.labels import Labels
from assistant.domain.pack import Pack


@dataclass(frozen=True, slots=True)
class Words:
    """A locale's lexicon, compiled."""

    labels: Labels
    flags: Flags
    asides: Asides


def words_of(pack: Pack) -> dict[str, Words]:
    """The lexicons of a pack, by locale."""
    return {
        locale: Words(Labels(lexicon, locale), Flags(pack, lexicon), Asides(lexicon))
        for locale, lexicon in pack.lexicon.items()
    }
