"""Reading a folder of rulebooks: right as a whole, or refused as a whole (đọc bộ quy tắc).

A table says what stays of a rule, its ``[[… .valid]]`` tables below say each version. Every
fault is told with file, line and key; nothing of a broken folder is used.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from domain.errors import Invalid
from domain.law.checking import faults_among
from domain.law.provisions import Provision
from domain.law.reading import Fault, Line, read_lines
from domain.law.rulebook import Rulebook
from infra.law.places import Place, Places

TITLE: Final = "book"
SUFFIX: Final = ".toml"
VERSIONS: Final = "valid"
ENTRIES: Final = "entry"
LIST: Final = "list"
LARGEST_FILE: Final = 1_000_000
"""Bytes. The longest book carried has 15,000."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A fault and where it stands (lỗi và vị trí)."""

    file: str
    line: int | None
    rule: str
    key: str
    reason: str
    mend: str

    def __str__(self) -> str:
        at = (self.file, self.line and f"dòng {self.line}", self.rule, self.key)
        return f"{', '.join(str(part) for part in at if part)}: {self.reason}. {self.mend}."


class BrokenRulebook(Invalid):
    """The books cannot be read as one rulebook. Says every place; nothing was taken."""

    code = "broken_rulebook"
    title = "Bộ quy tắc bị lỗi"

    def __init__(self, faults: Sequence[Placed]) -> None:
        super().__init__("\n".join(map(str, faults)), mend=faults[0].mend)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Edition:
    """What was read: the lines as a fact keeps them, and the book they make."""

    lines: tuple[Line, ...]
    book: Rulebook


def read_folder(folder: Path) -> Edition:
    """All books of a folder. Refuses: :class:`BrokenRulebook`."""
    return read_files(sorted(folder.glob(f"*{SUFFIX}")) or [folder / f"*{SUFFIX}"])


def read_files(paths: Sequence[Path]) -> Edition:
    """These books together, in this order. Refuses: :class:`BrokenRulebook`."""
    lines: list[Line] = []
    places: list[Place] = []
    broken: list[Placed] = []
    for path in paths:
        try:
            for line, place in _lines_of(path):
                lines.append(line)
                places.append(place)
        except BrokenRulebook as refused:
            broken.extend(refused.faults)
    if broken:
        raise BrokenRulebook(broken)
    provisions, faults = read_lines(lines)
    found = [*faults, *faults_among(provisions)]
    if found:
        raise BrokenRulebook([_placed(each, lines[each.line], places[each.line]) for each in found])
    whole: list[Provision] = [each for each in provisions if each is not None]
    return Edition(tuple(lines), Rulebook(whole))


def _placed(fault: Fault, line: Line, place: Place) -> Placed:
    rule, at = str(line.get("id", "")), place.line_of(fault.key)
    return Placed(place.file, at, rule, fault.key, fault.reason, fault.mend)


def _lines_of(path: Path) -> Iterator[tuple[Line, Place]]:
    """A file's lines in order. Refuses what is no book at all."""
    text = _text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise _refused(path, "TOML", f"không đọc được ({fault})", "Sửa chỗ nêu trên") from None
    title = tables.pop(TITLE, None)
    if not isinstance(title, str):
        said = "thiếu tên bộ quy tắc"
        raise _refused(path, TITLE, said, 'Thêm ở đầu tệp: book = "Tiếp công dân"')
    places = Places(path.name, text)
    file = Place(path.name)
    for sort, several in tables.items():
        for table in _tables(several, sort, path.name):
            if sort == LIST:
                yield from _listed(table, title, places, file)
            else:
                yield from _flat(sort, table, {"sort": sort, TITLE: title}, places, file)


def _text(path: Path) -> str:
    mend = "Kiểm tra tên tệp; lưu với mã UTF-8"
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST_FILE:
            raise _refused(path, "tệp", f"lớn hơn {LARGEST_FILE} byte", "Chia thành nhiều tệp")
        return raw.decode("utf-8-sig")
    except OSError as reason:
        raise _refused(path, "tệp", f"không mở được ({reason.strerror})", mend) from None
    except UnicodeDecodeError:
        raise _refused(path, "tệp", "không phải UTF-8", mend) from None


def _refused(path: Path, key: str, reason: str, mend: str) -> BrokenRulebook:
    return BrokenRulebook([Placed(path.name, None, "", key, reason, mend)])


def _flat(
    name: str, table: Mapping[str, Any], shared: Mapping[str, Any], places: Places, above: Place
) -> Iterator[tuple[Line, Place]]:
    """One line a version: what is shared, over it what the table says, then its version."""
    place = places.next(name, above)
    head = {**shared, **{key: plain(value) for key, value in table.items() if key != VERSIONS}}
    if VERSIONS not in table:
        yield head, place
        return
    for version in _tables(table[VERSIONS], f"{name}.{VERSIONS}", places.file):
        said = {key: plain(value) for key, value in version.items()}
        yield {**head, **said}, places.next(f"{name}.{VERSIONS}", place)


def _listed(
    table: Mapping[str, Any], title: str, places: Places, above: Place
) -> Iterator[tuple[Line, Place]]:
    """A closed list: its entries are choices, each with versions of its own."""
    place = places.next(LIST, above)
    shared = {key: plain(value) for key, value in table.items() if key not in (ENTRIES, "term")}
    if "term" in table:
        shared["list_term"] = plain(table["term"])
    name = f"{LIST}.{ENTRIES}"
    for entry in _tables(table.get(ENTRIES, []), name, places.file):
        yield from _flat(name, entry, {"sort": "choice", TITLE: title, **shared}, places, place)


def _tables(value: object, name: str, file: str) -> Sequence[Mapping[str, Any]]:
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return value
    said = "không phải một dãy bảng, hoặc để trống"
    raise BrokenRulebook([Placed(file, None, "", name, said, f"Viết bảng: [[{name}]]")])


def plain(value: object) -> object:
    """A value as a fact keeps it: a date as ``2026-07-01``."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value
