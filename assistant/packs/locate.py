"""Where the content (knowledge and prompts) lies: the setting, then the checkout, then the installed package."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import FileError, UnknownId

PARTS = ("knowledge", "prompts")


def content_root(given: Path | None) -> Path:
    """The folder that holds `knowledge/` and `prompts/`. Raises FileError where the one given holds none."""
    if given is not None:
        if not (given / "knowledge").is_dir():
            raise FileError(f"{given} holds no folder knowledge/.", "Name a folder that copydesk init made.")
        return given
    package = Path(__file__).resolve().parent.parent
    for root in (package.parent, package / "_content"):
        if (root / "knowledge").is_dir():
            return root
    raise FileError(
        "There is no content: neither a checkout nor the installed package has knowledge/.", "Reinstall copydesk."
    )


def in_package(folder: Path) -> bool:
    """Whether a folder is part of the installed package, which the next installation replaces."""
    return (Path(__file__).resolve().parent.parent / "_content") in folder.resolve().parents


def pack_folder(root: Path, pack: str) -> Path:
    """The folder of a pack by id, or of a pack that is named by its path."""
    if "/" in pack or Path(pack).is_dir():
        return Path(pack)
    folder = root / "knowledge" / pack
    if not folder.is_dir():
        known = [path.parent.name for path in (root / "knowledge").glob("*/pack.yaml")]
        raise UnknownId("pack", pack, known)
    return folder
