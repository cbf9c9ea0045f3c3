"""The fixtures of these tests."""

from __future__ import annotations

from tests.document.whole import served, whole

__all__ = ["served", "whole"]
