"""The rule of the chain: which records of a lane are folded, and what the others mean.

Each record names the position before it in its lane, so a reader that knows only the last
position it folded sees repeats, holes and a rewound store for what they are (design.md 3).
"Ignore what is not above the last" alone lost 152 of 160 facts for ever (kafka.md 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from projections.ports import StreamRecord


class Verdict(Enum):
    """What a record is to a reader that has folded up to ``last``."""

    FOLD = "fold"
    REPEAT = "repeat"
    HOLE = "hole"
    REWOUND = "rewound"


def judge(last: int, prev: int, position: int) -> Verdict:
    """One of the four. ``last`` is 0 before the first fact, as is the first fact's ``prev``."""
    if position <= last:
        return Verdict.REPEAT
    if prev == last:
        return Verdict.FOLD
    return Verdict.HOLE if prev > last else Verdict.REWOUND


@dataclass(frozen=True)
class Hole:
    """What is missing between what was folded and what came (khoảng trống)."""

    after: int
    before: int


@dataclass(frozen=True)
class Sifted:
    """A run of one lane's records, sorted by the rule.

    ``last`` is the position reached. ``strays`` tell no place in the chain: their envelope
    could not be read, so they move nothing. ``rewound`` ends the run: neither it nor what
    follows was looked at. ``hole`` is still open at the end of the run.
    """

    fold: tuple[StreamRecord, ...]
    strays: tuple[StreamRecord, ...]
    last: int
    hole: Hole | None
    rewound: StreamRecord | None


def sift(records: Sequence[StreamRecord], last: int) -> Sifted:
    """Sort a run of one lane's records, in the order they came."""
    fold: list[StreamRecord] = []
    strays: list[StreamRecord] = []
    hole: Hole | None = None
    rewound: StreamRecord | None = None
    for record in records:
        if record.position == 0:
            strays.append(record)
            continue
        match judge(last, record.prev, record.position):
            case Verdict.FOLD:
                fold.append(record)
                last, hole = record.position, None
            case Verdict.HOLE:
                hole = hole or Hole(after=last, before=record.position)
            case Verdict.REWOUND:
                rewound = record
                break
            case Verdict.REPEAT:
                pass
    return Sifted(tuple(fold), tuple(strays), last, hole, rewound)
