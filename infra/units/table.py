"""Reading an administrator's table: CSV with named columns, in UTF-8 (bảng CSV).

With or without a byte order mark. It is right, or it is refused with line and column.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from domain.errors import Invalid


class BrokenTable(Invalid):
    """A table cannot be read. Says where; nothing of it was used."""

    code = "broken_table"
    title = "Bảng dữ liệu bị lỗi"

    def __init__(self, line: int, column: str, reason: str, mend: str | None = None) -> None:
        super().__init__(
            f"Dòng {line}, cột {column}: {reason}", pointer=f"/{line}/{column}", mend=mend
        )
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Table:
    """Which columns a table has, and how it is refused."""

    columns: Sequence[str]
    broken: type[BrokenTable]

    def rows(self, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Each line's number and its cells by column, without spaces around them."""
        reader = csv.reader(self._text(path), strict=True)
        try:
            positions = self._positions(next(reader, []))
            for cells in reader:
                if any(cells):
                    yield reader.line_num, self._cells(reader.line_num, cells, positions)
        except csv.Error as reason:
            said = f"dòng CSV bị hỏng ({reason})."
            raise self.broken(reader.line_num, self.columns[0], said) from None

    def _text(self, path: Path) -> StringIO:
        raw = path.read_bytes()
        try:
            return StringIO(raw.decode("utf-8-sig"), newline="")
        except UnicodeDecodeError as fault:
            line = raw.count(b"\n", 0, fault.start) + 1
            said = f"byte 0x{raw[fault.start]:02x} không phải UTF-8."
            mend = "Lưu lại tệp với mã UTF-8."
            raise self.broken(line, self._last_read(raw, fault.start), said, mend) from None

    def _last_read(self, raw: bytes, until: int) -> str:
        """The column of a byte, by the commas before it in its line."""
        begun = raw.rfind(b"\n", 0, until) + 1
        return self.columns[min(raw.count(b",", begun, until), len(self.columns) - 1)]

    def _positions(self, header: list[str]) -> Mapping[str, int]:
        names = [name.strip() for name in header]
        for column in self.columns:
            if column not in names:
                mend = f"Dòng đầu phải có các cột {', '.join(self.columns)}."
                raise self.broken(1, column, "thiếu cột này.", mend)
        return {column: names.index(column) for column in self.columns}

    def _cells(
        self, line: int, cells: list[str], positions: Mapping[str, int]
    ) -> Mapping[str, str]:
        for column, position in positions.items():
            if position >= len(cells):
                raise self.broken(line, column, f"dòng chỉ có {len(cells)} ô.")
        return {column: cells[position].strip() for column, position in positions.items()}
