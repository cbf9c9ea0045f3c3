"""Which sheet holds products or campaigns, and what each of its columns fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.packs.sheets.grid import Cell, Sheet
from assistant.packs.sheets.headings import PER_LOCALE, Headings, Match, Section

SECTIONS: tuple[Section, ...] = ("products", "campaigns")
# Titles and notes may stand above the headings, but not many.
_SEARCHED = 10


@dataclass(frozen=True)
class Table:
    """A sheet whose headings are understood; `columns` by number, `rows` below the headings."""

    sheet: Sheet
    section: Section
    columns: dict[int, Match]
    rows: list[list[Cell]]
    names: dict[int, str]

    @property
    def id_column(self) -> int:
        """The column that the ids stand in."""
        return next(number for number, match in self.columns.items() if match.key == "id")


def find_table(
    sheet: Sheet, headings: Headings, sections: tuple[Section, ...] = SECTIONS, key: str = "id"
) -> Table | None:
    """The table of a sheet, None where it has none; what is wrong with its headings goes to the sheet's problems.

    `sections`: what it may be a table of; `key`: the column without which a row says nothing.
    """
    scored = [
        (max(headings.known(section, _words(row)) for section in sections), -number)
        for number, row in enumerate(sheet.rows[:_SEARCHED])
    ]
    best, position = max(scored, default=(0, 0))
    if not best:
        return None
    header = sheet.rows[-position]
    counts = {section: headings.known(section, _words(header)) for section in sections}
    if len(sections) > 1 and len(set(counts.values())) == 1:
        first = header[0]
        mend = "use a heading that only one of them has, such as 产品编号 or 活动编号"
        what = "products and campaigns both have these headings"
        sheet.problems.append(sheet.problem(first.row, first.column, what, mend))
        return None
    section = max(sections, key=lambda one: counts[one])
    columns = dict(_columns(sheet, section, header, headings))
    names = {cell.column: str(cell.value) for cell in header}
    if key not in {match.key for match in columns.values()}:
        label = headings.label(section, key, "zh-Hans")
        mend = f"add the column “{label}” or “{headings.label(section, key, 'en')}”"
        what = f"no column has the ids of the {section}"
        sheet.problems.append(sheet.problem(header[0].row, header[0].column, what, mend))
        return None
    rows = sheet.rows[-position + 1 :]
    _headless(sheet, names, rows)
    return Table(sheet, section, columns, rows, names)


def _words(row: list[Cell]) -> list[str]:
    return [cell.value for cell in row if isinstance(cell.value, str)]


def _columns(sheet: Sheet, section: Section, header: list[Cell], headings: Headings) -> Iterator[tuple[int, Match]]:
    seen: dict[tuple[str, ...], str] = {}
    for cell in header:
        where = sheet.where(cell.row, cell.column)
        heading = str(cell.value).strip()
        match = headings.match(section, heading)
        if match is None:
            near = headings.nearest(section, heading)
            mend = f"write “{near}” or delete the column" if near else "delete the column or add it to headings.yaml"
            what = f"the heading “{heading}” is not known for {section}"
            sheet.problems.append(sheet.problem(cell.row, cell.column, what, mend))
        elif match.column.reads in PER_LOCALE and match.locale is None:
            mend = f"write its language behind it: {heading}(简), {heading}(繁) or {heading}(英文)"
            what = f"the heading “{heading}” does not say its language"
            sheet.problems.append(sheet.problem(cell.row, cell.column, what, mend))
        elif match.path in seen:
            what = f"the heading “{heading}” says the same as that of {seen[match.path]}"
            sheet.problems.append(sheet.problem(cell.row, cell.column, what, "delete one of the two columns"))
        else:
            seen[match.path] = where
            yield cell.column, match


def _headless(sheet: Sheet, names: dict[int, str], rows: list[list[Cell]]) -> None:
    told: set[int] = set()
    for row in rows:
        for cell in row:
            if cell.column not in names and cell.column not in told:
                told.add(cell.column)
                what = "the column has values but no heading"
                sheet.problems.append(sheet.problem(cell.row, cell.column, what, "give it a heading or clear it"))
