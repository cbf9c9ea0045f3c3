"""A workbook that is written as its rows come: texts, numbers and nothing else.

openpyxl builds a tree for each cell, five seconds for ten thousand rows; here a cell is one string. Texts stand inline,
which no spreadsheet computes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from assistant.packs.sheets.grid import letters
from assistant.text.cells import printable

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PANE = '<pane ySplit="1" topLeftCell="A2" state="frozen"/>'
_PANES = f'<sheetViews><sheetView workbookViewId="0">{_PANE}</sheetView></sheetViews>'
_LONGEST = 32_767
"""Characters that Excel keeps in a cell."""
_SHORT = 64
"""Characters of what is remembered: most cells are one of a few words."""


class Workbook:
    """Sheets are begun when their first row comes, and lie beside `path` as files until the workbook is closed."""

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        self._path, self._about = path, about
        self._sheets: dict[str, tuple[Path, TextIO]] = {}
        self._rows: dict[str, int] = {}

    def begin(self, sheet: str, columns: Sequence[str]) -> None:
        """A sheet with its headings."""
        part = self._path.with_name(f"{self._path.name}.{len(self._sheets) + 1}.part")
        file = part.open("w", encoding="utf-8", newline="")
        self._sheets[sheet] = part, file
        file.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_PANES}<sheetData>')
        self.append(sheet, columns)

    def append(self, sheet: str, values: Sequence[object]) -> None:
        """A row. An empty value leaves its cell out."""
        row = self._rows[sheet] = self._rows.get(sheet, 0) + 1
        cells = "".join(
            [
                f'<c r="{letters(column)}{row}"{_cell(value)}'
                for column, value in enumerate(values, 1)
                if value is not None and value != ""
            ]
        )
        self._sheets[sheet][1].write(f'<row r="{row}">{cells}</row>')

    def close(self) -> None:
        """Write the file and remove the parts."""
        for _, file in self._sheets.values():
            file.write("</sheetData></worksheet>")
            file.close()
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for name, content in self._frame():
                archive.writestr(name, _HEAD + content)
            for number, (part, _) in enumerate(self._sheets.values(), 1):
                archive.write(part, f"xl/worksheets/sheet{number}.xml")
                part.unlink()

    def _frame(self) -> list[tuple[str, str]]:
        """The parts beside the sheets."""
        numbers = range(1, len(self._sheets) + 1)
        kind, types = "application/vnd.openxmlformats-", f"{_PACKAGE}/content-types"
        overrides = [("/xl/workbook.xml", "officedocument.spreadsheetml.sheet.main+xml")]
        overrides += [(f"/xl/worksheets/sheet{n}.xml", "officedocument.spreadsheetml.worksheet+xml") for n in numbers]
        overrides += [("/docProps/core.xml", "package.core-properties+xml")]
        listed = "".join(f'<Override PartName="{part}" ContentType="{kind}{what}"/>' for part, what in overrides)
        defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        named = zip(self._sheets, numbers, strict=True)
        sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for name, n in named)
        core = f"{_PACKAGE}/relationships/metadata/core-properties"
        return [
            ("[Content_Types].xml", f'<Types xmlns="{types}">{defaults}{listed}</Types>'),
            ("_rels/.rels", _links((f"{_LINKS}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml"))),
            (
                "xl/workbook.xml",
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
            ),
            (
                "xl/_rels/workbook.xml.rels",
                _links(*((f"{_LINKS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers)),
            ),
            ("docProps/core.xml", self._core()),
        ]

    def _core(self) -> str:
        spaces = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        told = "".join(f"<{name}>{escape(printable(value))}</{name}>" for name, value in self._about.items())
        return f"<cp:coreProperties {spaces}>{told}</cp:coreProperties>"


def _cell(value: object) -> str:
    """The rest of a cell behind its place."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"><v>{value}</v></c>"
    words = str(value)
    return _known(words) if len(words) <= _SHORT else _words(words)


def _words(words: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(words[:_LONGEST])}</t></is></c>'


_known = lru_cache(maxsize=4096)(_words)


def _links(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
