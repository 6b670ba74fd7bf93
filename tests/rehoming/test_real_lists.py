"""The country's real lists: where the work of each of the old committees goes."""

from collections import Counter

from domain.homes import Home, OfficesOn
from infra.memory.fact_store import MemoryFactStore
from tests.rehoming.filling import AFTER, BEFORE, enter_country, enter_reform, reread
from tests.rehoming.oracle import Pencil


def test_the_work_of_every_old_committee_goes_where_a_pencil_says() -> None:
    store = MemoryFactStore()
    before = enter_country(store)
    enter_reform(store, before)
    tree, pencil, on = OfficesOn(reread(store), AFTER.date()), Pencil(), BEFORE.date()
    found = Counter[str]()
    for root in before.roots(on):
        for unit in (root, *before.units_under(root.unit_id, on)):
            old = before.committee_of(unit.unit_id, on).office_id
            home = tree.home_of(old)
            assert home is not None, unit
            assert home.office.office_id == pencil.home(old), unit
            assert tree.stands(home.office.office_id)
            found[_way(home, old)] += 1
    assert sum(found.values()) == 63 + 696 + 10_035
    assert found["waits"] >= 696
    assert found["goes"] > found["waits"]


def _way(home: Home, old: str) -> str:
    """Whether it waits for a person, goes to another office or stays."""
    if home.interim:
        return "waits"
    return "kept" if home.office.office_id == old else "goes"
