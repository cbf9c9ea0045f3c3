"""A real vLLM keeps the contract of a model."""

from __future__ import annotations

import pytest

from tests.contract.model_contract import ModelContract

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]


class TestVllm(ModelContract):
    """All of it, over HTTP."""
