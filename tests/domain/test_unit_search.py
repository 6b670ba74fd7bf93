"""Typing a name finds its unit at every letter, in the order of the country."""

from itertools import pairwise

from domain.names import fold_key, search_words, short_name
from domain.units import Unit
from tests.domain.directory_facts import LITTLE_COUNTRY


def every_unit() -> list[Unit]:
    units = LITTLE_COUNTRY.units
    return [unit for name in units.names() for unit in units.of(name)]


def found(text: str) -> list[str]:
    return [meant.unit_id for _, meant in LITTLE_COUNTRY.ranked(text)]


def is_short_form(typed: str) -> bool:
    """``Thành p`` means phường so far."""
    return search_words(typed) != tuple(fold_key(typed).split())


def test_a_unit_is_found_by_each_beginning_of_its_name() -> None:
    for unit in every_unit():
        for name in (unit.name, short_name(unit.name)):
            for length in range(1, len(name) + 1):
                typed = name[:length]
                if fold_key(typed) and not is_short_form(typed):
                    assert unit.unit_id in found(typed), typed


def test_a_unit_is_found_with_a_name_above_it() -> None:
    units = {unit.unit_id: unit for unit in every_unit()}
    for unit in units.values():
        above = units.get(unit.parent or "")
        if above is not None:
            assert unit.unit_id in found(f"{unit.name} {short_name(above.name)}")
            assert unit.unit_id in found(f"{short_name(unit.name)} {above.name[:-1]}")


def test_units_that_fit_alike_come_in_administrative_order() -> None:
    for typed in ("x", "h", "huyen", "xa", "xa c"):
        told = [(rank, len(unit.code), unit.code) for rank, unit in LITTLE_COUNTRY.ranked(typed)]
        assert len(told) > 1
        assert all(before <= after for before, after in pairwise(told) if before[0] == after[0])
