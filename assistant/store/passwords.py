"""Passwords hashed by argon2id; few at once, so that many attempts cannot take the machine's memory."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 4


class Passwords:
    """Hashes and verifies. `memory_kib` and `rounds` are argon2's costs."""

    def __init__(self, memory_kib: int = 65536, rounds: int = 3) -> None:
        lanes = max(1, min(4, memory_kib // 8))
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=lanes)
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """A hash with its salt and costs."""
        with self._places:
            return self._hasher.hash(password)

    def verify(self, secret: str | None, password: str) -> bool:
        """Whether a password is the one that was hashed. Without a hash it takes as long, and is not."""
        if self._nobody is None:
            self._nobody = self.hash("a password that nobody has")
        with self._places:
            try:
                return self._hasher.verify(secret or self._nobody or "", password) and secret is not None
            except (VerificationError, InvalidHashError):
                return False

    def stale(self, secret: str) -> bool:
        """Whether a hash was made at other costs than those of today."""
        return self._hasher.check_needs_rehash(secret)
