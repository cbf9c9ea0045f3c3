"""Trains the byte-pair ranks that tokens are counted by where no model's tokenizer is at hand: `python -m eval.ranks`.

The text is the project's own (knowledge and prompts), so the file may be shipped; tiktoken's named encodings are
fetched at run time, which a bank's network forbids.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from assistant.models.tokens import PATTERN, RANKS

ROOT = Path(__file__).parents[1]
SIZE = 12_000
"""Entries of the vocabulary: enough for two scripts and English at about the density of a large model's."""


def texts(root: Path) -> Iterator[str]:
    """The words that the ranks are learned from."""
    for folder in ("knowledge", "prompts"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".yaml", ".md"):
                yield path.read_text("utf-8")


def trained(root: Path, size: int = SIZE) -> dict[bytes, int]:
    """Byte sequences and their ranks, the 256 single bytes first."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts(root), trainer)
    signs = _bytes_of_signs()
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda entry: (len(entry[0]) > 1, entry[1]))
    return {bytes(signs[sign] for sign in token): rank for rank, (token, _) in enumerate(vocabulary)}


def _bytes_of_signs() -> dict[str, int]:
    """Byte-level BPE writes each byte as a visible character: printable ones as themselves, the rest from U+0100 on."""
    shown = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(256 + place): byte for place, byte in enumerate(hidden)}


def main() -> None:
    """Train and write the file."""
    ranks = trained(ROOT)
    lines = (f"{base64.b64encode(token).decode()} {rank}\n" for token, rank in ranks.items())
    RANKS.write_text("".join(lines), "ascii")
    print(f"{len(ranks):,} ranks in {RANKS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
