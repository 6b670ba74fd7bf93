"""A rulebook's lines: plain data, as a book writes it and a fact keeps it (dòng quy định).

A line says its ``sort`` and its keys, dates as ``2026-07-01``. One reader for both, so what
was published can be read as it was checked. Reading one line finds every fault in it; what
lines say together is looked at by :mod:`domain.law.checking`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from domain.law import terms
from domain.law.line_values import Unfit, day, flag, identifier, number, text, word, words
from domain.law.provisions import (
    Choice,
    Competence,
    Document,
    Duty,
    Extension,
    Measure,
    Provision,
    Representatives,
    Rule,
    Threshold,
    Transition,
)

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, at which key, and how to mend it. Words fit to show."""

    line: int
    key: str
    reason: str
    mend: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a line: the field it fills, how it is read, whether it must be there."""

    fills: str
    read: Callable[[object], object]
    needed: bool = True


COMMON: Final[Mapping[str, Key]] = {
    "id": Key("rule_id", identifier),
    "term": Key("term", text),
    "article": Key("article", text),
    "from": Key("valid_from", day),
    "until": Key("valid_until", day, needed=False),
    "verified": Key("verified", flag),
    "note": Key("note", text, needed=False),
    "ended_by": Key("ended_by", text, needed=False),
    "book": Key("book", text),
}
"""Every provision's keys. ``verified`` has no default: somebody must have thought of it."""

_WHEN: Final = Key("when", words(terms.Condition), needed=False)

SORTS: Final[Mapping[str, tuple[type[Provision], Mapping[str, Key]]]] = {
    "limit": (
        Rule,
        {
            "days": Key("days", number),
            "unit": Key("unit", word(terms.DayUnit)),
            "start": Key("start", word(terms.Start)),
            "clock": Key("clock", identifier, needed=False),
            "when": _WHEN,
            "direction": Key("direction", word(terms.Direction), needed=False),
        },
    ),
    "extension": (
        Extension,
        {
            "of": Key("of", identifier),
            "days": Key("days", number),
            "unit": Key("unit", word(terms.DayUnit)),
            "times": Key("times", number),
            "when": _WHEN,
        },
    ),
    "threshold": (Threshold, {"people": Key("people", number)}),
    "measure": (
        Measure,
        {"amount": Key("amount", number), "unit": Key("unit", word(terms.Quantity))},
    ),
    "choice": (
        Choice,
        {
            "code": Key("code", identifier),
            "list_term": Key("list_term", text),
            "form": Key("form", text, needed=False),
            "written_notice": Key("written_notice", flag, needed=False),
            "counted_as": Key("counted_as", word(terms.Counted), needed=False),
        },
    ),
    "competence": (
        Competence,
        {
            "matter": Key("matter", word(terms.Condition)),
            "about": Key("about", word(terms.Official)),
            "question": Key("question", word(terms.Question)),
            "decides": Key("decides", word(terms.Official)),
        },
    ),
    "duty": (
        Duty,
        {
            "official": Key("official", word(terms.Official)),
            "times": Key("times", number),
            "per": Key("per", word(terms.Pace)),
            "act": Key("act", word(terms.Act), needed=False),
        },
    ),
    "representatives": (
        Representatives,
        {
            "people_from": Key("people_from", number),
            "people_to": Key("people_to", number, needed=False),
            "at_least": Key("at_least", number),
            "at_most": Key("at_most", number),
        },
    ),
    "transition": (
        Transition,
        {
            "accepted_before": Key("accepted_before", day),
            "topics": Key("topics", words(terms.Topic)),
        },
    ),
    "document": (Document, {"matter": Key("matter", word(terms.Matter))}),
}
"""Every sort of provision and its own keys."""


def read_lines(lines: Iterable[Line]) -> tuple[Sequence[Provision | None], tuple[Fault, ...]]:
    """Each line's provision, None where it cannot be read, and every fault found."""
    faults: list[Fault] = []
    read = [_read_line(at, line, faults) for at, line in enumerate(lines)]
    return read, tuple(faults)


def _read_line(at: int, line: Line, faults: list[Fault]) -> Provision | None:
    sort = str(line.get("sort"))
    if sort not in SORTS:
        known = ", ".join(SORTS)
        faults.append(Fault(at, "sort", f"không có loại bảng “{sort}”", f"Dùng: {known}"))
        return None
    cls, own = SORTS[sort]
    keys = {**COMMON, **own}
    found = [*_unknown_keys(at, line, keys), *_missing_keys(at, line, keys)]
    values: dict[str, Any] = {}
    for name, key in keys.items():
        if name in line:
            try:
                values[key.fills] = key.read(line[name])
            except Unfit as unfit:
                found.append(Fault(at, name, unfit.reason, unfit.mend))
    faults.extend(found)
    return None if found else cls(**values)


def _unknown_keys(at: int, line: Line, keys: Mapping[str, Key]) -> Iterable[Fault]:
    mend = f"Dùng: {', '.join(keys)}"
    return [Fault(at, k, "không có khóa này", mend) for k in line if k not in {*keys, "sort"}]


def _missing_keys(at: int, line: Line, keys: Mapping[str, Key]) -> Iterable[Fault]:
    return [
        Fault(at, name, "thiếu khóa này", f"Thêm dòng: {name} = …")
        for name, key in keys.items()
        if key.needed and name not in line
    ]


def line_of(provision: Provision) -> Line:
    """A provision as the line that reads back as it; what has its default is left out."""
    sort, own = next((s, keys) for s, (cls, keys) in SORTS.items() if type(provision) is cls)
    defaults = {field.name: field.default for field in fields(provision)}
    line: dict[str, Any] = {"sort": sort}
    for name, key in {**COMMON, **own}.items():
        value = getattr(provision, key.fills)
        if key.needed or value != defaults[key.fills]:
            line[name] = _plain(value)
    return line


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(str(word) for word in value)
        case StrEnum():
            return value.value
        case _:
            return value
