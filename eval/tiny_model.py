"""A tiny chat model for tests: Qwen3's shape, a tokenizer of our own text, weights by chance.

`python -m eval.tiny_model DIR` makes its folder. What it says is noise; what it proves is the wire, the chat template,
the tokenizer, the grammar and the caches around it.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from assistant.errors import FileError, SettingsError
from eval import tiny_tokenizer
from eval.entry import ended
from eval.tiny_tokenizer import END, TEMPLATE, TURN, trained

TEXT_ROOT = Path(__file__).resolve().parent.parent / "knowledge"
MARKER = "made-from.txt"
ENDINGS = {".yaml", ".md", ".json"}
CONTEXT = 4096
"""Tokens of prompt and answer together."""
SEED = 20260601
CLOSING = ('"', TURN)
SHARED, LEAN = 1.0, 0.45
"""Found by trial: a closing token comes about once in sixty at temperature 0.7, any other once in some thousands."""


def make(folder: Path, text_root: Path = TEXT_ROOT) -> Path:
    """The folder with config, weights, tokenizer and chat template, made anew when the text or the code has changed.

    Raises FileError where the text is missing or the folder holds something else, SettingsError where torch or
    transformers are not installed.
    """
    from filelock import FileLock

    texts = _texts(text_root)
    stamp = _stamp(text_root, texts)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        if _made_from(folder) != stamp:
            _replace(folder, texts, stamp)
    return folder


def _replace(folder: Path, texts: list[Path], stamp: str) -> None:
    if folder.exists() and not _made_from(folder) and any(folder.iterdir()):
        raise FileError(f"{folder} holds something that was not made here.", "Name an empty folder.")
    # Beside its place first: a run that is killed leaves no half of a model behind.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as spare:
        made = Path(spare) / "model"
        _fill(made, texts)
        (made / MARKER).write_text(stamp, "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)


def _texts(root: Path) -> list[Path]:
    found = sorted(path for path in root.rglob("*") if path.suffix in ENDINGS and path.is_file())
    if not found:
        raise FileError(f"{root} holds no text to make a tokenizer of.", "Name the folder knowledge/.")
    return found


def _stamp(root: Path, texts: list[Path]) -> str:
    """Hexadecimal digits that change with the texts, their names, and how the model is made."""
    digest = hashlib.sha256()
    for path in (Path(__file__), Path(tiny_tokenizer.__file__)):
        digest.update(path.read_bytes())
    for path in texts:
        content = path.read_bytes()
        digest.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _made_from(folder: Path) -> str:
    try:
        return (folder / MARKER).read_text("utf-8")
    except OSError:
        return ""


def _fill(folder: Path, texts: list[Path]) -> None:
    try:
        import torch
        from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM
        from transformers.utils import logging
    except ImportError as error:
        mend = "Install the extra local, or use the Python of .venv-vllm."
        raise SettingsError(f"The tiny model cannot be made: {error}.", mend) from error
    logging.disable_progress_bar()
    core = trained(texts)
    ids = core.get_vocab()
    words = PreTrainedTokenizerFast(tokenizer_object=core, eos_token=TURN, pad_token=END, model_max_length=CONTEXT)
    words.chat_template = TEMPLATE
    words.save_pretrained(folder)
    # The caller's own random numbers stay as they were.
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(SEED)
        model = Qwen3ForCausalLM(Qwen3Config(**_shape(ids)))
        # Embeddings are the output's weights as well. A part that all words share reaches the end through every
        # layer, so a token with more of it is likelier everywhere: without this no string would ever be closed.
        table = model.get_input_embeddings().weight
        table[:, 0] = SHARED
        table[[ids[word] for word in CLOSING], 0] += LEAN
    model.generation_config = GenerationConfig(
        eos_token_id=[ids[TURN], ids[END]], pad_token_id=ids[END], do_sample=True, temperature=0.7
    )
    model.save_pretrained(folder)


def _shape(ids: dict[str, int]) -> dict[str, Any]:
    """Some two million parameters."""
    return {
        "vocab_size": len(ids),
        "hidden_size": 128,
        "intermediate_size": 512,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 64,
        "max_position_embeddings": CONTEXT,
        "tie_word_embeddings": True,
        "eos_token_id": ids[TURN],
        "pad_token_id": ids[END],
    }


def main() -> int:
    """Make the model in the folder that is named."""
    if len(sys.argv) != 2:
        print("usage: python -m eval.tiny_model DIR", file=sys.stderr)
        return 2
    print(make(Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    ended(main)
