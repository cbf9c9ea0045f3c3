"""Seals: signed heads of the audit, kept outside the database, so that a cut of what was sealed shows."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from assistant.domain.audit import Entry, Seal, Verified, verify
from assistant.errors import FileError, unwritable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


_LONGEST = 4096
"""Bytes of a seal, and some."""


class Chain(Protocol):
    """The audit as it is kept."""

    def head(self) -> tuple[int, str] | None: ...
    def rows(self, after: int = 0, subject: str | None = None) -> Iterable[Entry]: ...


@dataclass(frozen=True)
class Sealer:
    """Signs the head of a chain with Ed25519. `key`: the private key's file; `seals`: a file that only grows.

    The public key lies beside the private one; an auditor needs it, the seals and the database, not the private key.
    """

    chain: Chain
    key: Path
    seals: Path

    def seal(self, now: dt.datetime) -> Seal | None:
        """Sign the head, if something came since the last seal. What is signed is committed: a seal never leads."""
        head = self.chain.head()
        known = self.known()
        if head is None or (known and known[-1].seq >= head[0]):
            return None
        signature = self._private().sign(_signed(*head, now)).hex()
        seal = Seal(seq=head[0], hash=head[1], at=now, signature=signature)
        try:
            self.seals.parent.mkdir(parents=True, exist_ok=True)
            _append(self.seals, f"{seal.model_dump_json()}\n".encode())
        except OSError as error:
            raise unwritable(f"the seals {self.seals}", error, "COPYDESK_SEALS names the file") from error
        return seal

    def verify(self) -> Verified:
        """Check every signature, then the chain against the seals."""
        seals = self.known()
        public = self._public() if seals else None
        for place, seal in enumerate(seals, 1):
            assert public is not None
            if not _good(public, seal):
                return Verified(0, 0, len(seals), f"{self.seals}:{place}: the signature does not fit the key")
        return verify(self.chain.rows(), seals)

    def known(self) -> list[Seal]:
        """The seals so far. A last line without its end was cut by a crash, and is no seal."""
        if not self.seals.exists():
            return []
        lines = self.seals.read_text(encoding="utf-8").split("\n")[:-1]
        found = []
        for place, line in enumerate(lines, 1):
            try:
                found.append(Seal.model_validate_json(line))
            except ValidationError as error:
                raise FileError(f"{self.seals}:{place}: no seal stands here.", "Restore the file.") from error
        return found

    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if not self.key.exists():
            self._make()
        found = serialization.load_pem_private_key(self.key.read_bytes(), password=None)
        if not isinstance(found, Ed25519PrivateKey):
            raise FileError(f"{self.key} is no Ed25519 key.", "Name the right file in COPYDESK_SEAL_KEY.")
        if not self.key.with_suffix(".pub").exists():
            _put(self.key.with_suffix(".pub"), _pem(found.public_key()), 0o644)
        return found

    def _make(self) -> None:
        """A new key, unless another process is first."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        _put(self.key, _pem(Ed25519PrivateKey.generate()), 0o600)

    def _public(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        path = self.key.with_suffix(".pub")
        if not path.exists():
            raise FileError(f"The public key {path} is missing.", "Without it no seal can be checked: restore it.")
        found = serialization.load_pem_public_key(path.read_bytes())
        if not isinstance(found, Ed25519PublicKey):
            raise FileError(f"{path} is no Ed25519 key.", "Restore the one that the seals were made with.")
        return found


def _put(path: Path, content: bytes, mode: int) -> None:
    """A new file, whole or not at all; what is there already stays. Raises DiskFull, FileError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    except OSError as error:
        raise unwritable(f"the key {path}", error, "COPYDESK_SEAL_KEY names the file") from error


def _append(path: Path, row: bytes) -> None:
    """Add a whole line to a file, or nothing. Half a line that a crash or a full disk left goes first."""
    with path.open("ab+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - _LONGEST))
        tail = file.read()
        end -= len(tail) - (tail.rfind(b"\n") + 1)
        file.truncate(end)
        try:
            while row:
                row = row[file.write(row) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise


def _pem(key: Ed25519PrivateKey | Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization as how
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if isinstance(key, Ed25519PublicKey):
        return key.public_bytes(how.Encoding.PEM, how.PublicFormat.SubjectPublicKeyInfo)
    return key.private_bytes(how.Encoding.PEM, how.PrivateFormat.PKCS8, how.NoEncryption())


def _signed(seq: int, hash: str, at: dt.datetime) -> bytes:
    return f"{seq}:{hash}:{at.astimezone(dt.UTC).isoformat()}".encode()


def _good(public: Ed25519PublicKey, seal: Seal) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        public.verify(bytes.fromhex(seal.signature), _signed(seal.seq, seal.hash, seal.at))
    except (InvalidSignature, ValueError):
        return False
    return True
