"""Row ``directory``: questions about units and offices in memory, on both sides of a reform.

Against a plain dictionary look-up of the same keys: what any answer costs at the least. The
whole country is there, three tiers until 30/6/2025 and two tiers after.
"""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from domain.chronicle import ONE_DAY
from domain.directory import Directory
from domain.succession import places_now
from domain.unit_finding import find_units
from infra.memory.directory import MemoryDirectoryFollower
from services.bench.figures import Case, Figure, percentile
from services.bench.ground import undisturbed
from services.bench.material import Workshop
from services.bench.run import Run
from services.reform import CARRIED_DAY, carried_order, record_reform

NAME = "directory"
DAY: Final = CARRIED_DAY
GOALS: Final = {
    "unit by code": 0.02,
    "ancestors": 0.01,
    "superiors": 0.005,
    "common superior": 0.002,
}
"""The least share of a dictionary's rate: microseconds, where a look-up takes some fifty ns."""
SEARCH_GOAL: Final = 10.0
PLAIN_ROUNDS: Final = 20
"""A look-up is over so soon that one round of the keys would measure the clock."""
TYPED: Final = (
    "dong ky", "Đồng Kỳ", "tx kon tum", "tam di luc nam", "ba dinh", "07456",
    "a", "t", "1", "xa", "phuong", "thi tran", "xa t", "phuong tan", "quan 1", "tan", "binh",
)  # fmt: skip

Key = tuple[str, str, date]
"""A unit's code, another's id that stands on the same day, and the day."""


def country() -> Directory:
    """The country with its reform, as a store tells it."""
    workshop = Workshop()
    directory, store = workshop.directory, workshop.store
    record_reform(carried_order(), store, directory, workshop.clock, lambda _done, _of: None)
    return MemoryDirectoryFollower(store).refresh()


def measure(run: Run) -> Figure:
    """The row."""
    directory = country()
    keys = asked(directory, run.sized(20_000, 5_000))
    questions = _questions(directory)
    plain = {(code, day): unit_id for code, unit_id, day in keys}
    found = run.in_turn(
        f"{NAME}, questions/s",
        {
            **{name: _rate(keys, ask) for name, ask in questions.items()},
            "plain": _rate(keys, lambda code, _unit_id, day: plain.get((code, day)), PLAIN_ROUNDS),
        },
    )
    typed = texts(directory, run.sized(120, 20))
    searches = [_search_ms(directory, typed) for _ in range(run.repeats)]
    unit = "questions/s"
    return run.figure(
        NAME,
        *(
            Case.of_rates(name, found[name], found["plain"], GOALS.get(name), unit)
            for name in questions
        ),
        Case.of_milliseconds(
            "search by name, p99", [percentile(each, 0.99) for each in searches], SEARCH_GOAL
        ),
        Case.of_milliseconds(
            "search by name, p50", [percentile(each, 0.5) for each in searches], None
        ),
        searches=len(searches[0]),
        units=sum(1 for _ in directory.units.names()),
        against="dict.get of the same keys",
    )


def asked(directory: Directory, number: int) -> Sequence[Key]:
    """Units of both trees on days around the reform, the same ones in every run."""
    chance = random.Random(1)
    days = [DAY + timedelta(days=away) for away in (-60, -2, -1, 0, 1, 200)]
    standing = {
        day: [
            unit
            for root in directory.roots(day)
            for unit in (root, *directory.units_under(root.unit_id, day))
        ]
        for day in (DAY - ONE_DAY, DAY)
    }
    keys = []
    for _ in range(number):
        day = chance.choice(days)
        unit = chance.choice(standing[DAY if day >= DAY else DAY - ONE_DAY])
        keys.append((unit.code, unit.unit_id, day))
    return keys


def _questions(directory: Directory) -> Mapping[str, Callable[[str, str, date], object]]:
    other = directory.committee_of("07456-20250101", DAY - ONE_DAY).office_id
    later = directory.committee_of("00004-20250701", DAY).office_id
    return {
        "unit by code": lambda code, _unit_id, day: directory.get_unit(code, day),
        "ancestors": lambda _code, unit_id, day: directory.ancestors(unit_id, day),
        "superiors": lambda _code, unit_id, day: directory.superiors_of(unit_id, day),
        "common superior": lambda _code, unit_id, day: directory.common_superior(
            unit_id, other if day < DAY else later, day
        ),
        "where it is now": lambda _code, unit_id, _day: places_now(unit_id, directory, DAY),
    }


def _rate(
    keys: Sequence[Key], ask: Callable[[str, str, date], object], rounds: int = 1
) -> Callable[[int], float]:
    """Questions a second, each key so many times."""

    def rate(_repeat: int) -> float:
        with undisturbed():
            began = time.perf_counter()
            for _ in range(rounds):
                for code, unit_id, day in keys:
                    ask(code, unit_id, day)
            return rounds * len(keys) / (time.perf_counter() - began)

    return rate


def texts(directory: Directory, sampled: int) -> Sequence[str]:
    """What somebody types: whole names, names still being typed, kinds, letters, codes."""
    chance = random.Random(2)
    names = [
        each.name for unit_id in directory.units.names() for each in directory.units.of(unit_id)
    ]
    some = chance.sample(names, sampled)
    begun = [name[: max(1, len(name) * 2 // 3)] for name in some]
    return [*TYPED, *some, *begun]


def _search_ms(directory: Directory, typed: Sequence[str]) -> Sequence[float]:
    """What each search takes, on either side of the reform."""
    find_units(typed[0], directory, DAY, 20)
    took = []
    with undisturbed():
        for text in typed:
            for day in (DAY - ONE_DAY, DAY):
                began = time.perf_counter()
                find_units(text, directory, day, 20)
                took.append((time.perf_counter() - began) * 1000)
    return took
