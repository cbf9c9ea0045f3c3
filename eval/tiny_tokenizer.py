"""The tiny model's tokenizer, trained on text of our own, and its chat template."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

VOCABULARY = 4000
END, TURN = "<|endoftext|>", "<|im_end|>"
SPECIAL = (END, "<|im_start|>", TURN)
THOUGHTS = ("<think>", "</think>")
TEMPLATE = """\
{%- for message in messages %}
{%- set words = message.content %}
{%- if message.role == 'assistant' and '</think>' in words %}
{%- set words = words.split('</think>')[-1].lstrip('\\n') %}
{%- endif %}
{{- '<|im_start|>' + message.role + '\\n' + words + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}
{%- if enable_thinking is defined and not enable_thinking %}
{{- '<think>\\n\\n</think>\\n\\n' }}
{%- endif %}
{%- endif %}"""
"""As Qwen3's for plain chats: it thinks unless `enable_thinking` is false, and forgets what it thought before."""


def trained(texts: Sequence[Path]) -> Tokenizer:
    """A byte-level BPE: whatever text there is can be encoded, and comes back as it was."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

    core = Tokenizer(models.BPE())
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(THOUGHTS),
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    core.train([str(path) for path in texts], trainer)
    # As in Qwen3 they are no special tokens: what is decoded shows them, so a leaked thought can be seen.
    core.add_tokens([AddedToken(word, normalized=False) for word in THOUGHTS])
    return core
