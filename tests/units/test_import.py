"""The import on the store in memory; the same on Postgres is in tests/contracts."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.directory import Directory
from domain.errors import Conflict
from domain.events.base import OfficeEvent
from domain.events.directory import OfficeAbolished, UnitAbolished
from domain.ports import Receipt, StoreUnavailable
from domain.reform_steps import Stage, Step
from infra.memory.clocks import FixedClock
from infra.memory.directory import MemoryDirectoryFollower
from infra.memory.fact_store import MemoryFactStore
from infra.units import Edition, unit_list_file
from infra.units.unit_list import BrokenUnitList
from services.units import ImportSummary, OtherUnit, OverlappingList, import_units
from services.units.recording import signed

SINCE = date(2025, 1, 1)
MAY = date(2025, 5, 14)
LIST = (
    "code,level,full_name,parent_code\n"
    "24,province,Tỉnh Bắc Giang,\n"
    "218,district,Huyện Lục Nam,24\n"
    "07456,commune,Xã Tam Dị,218\n"
    "07444,commune,Thị trấn Đồi Ngô,218\n"
)


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def bring_in(path: Path, store: MemoryFactStore, since: date = SINCE) -> ImportSummary:
    directory = MemoryDirectoryFollower(store).refresh()
    return import_units(path, since, store, directory, FixedClock(), lambda done, total: None)


def told_by(store: MemoryFactStore) -> Directory:
    return MemoryDirectoryFollower(store).refresh()


def test_every_unit_gets_its_peoples_committee_below_that_of_its_parent(csv: Path) -> None:
    store = MemoryFactStore()
    assert bring_in(csv, store) == ImportSummary(established=4, known=0, batches=1)
    directory = told_by(store)
    commune = directory.get_office("07456", MAY)
    assert commune.name == "UBND xã Tam Dị"
    assert commune.office_id == "ubnd-07456-20250101"
    assert [o.name for o in directory.superiors_of(commune.office_id, MAY)] == [
        "UBND huyện Lục Nam",
        "UBND tỉnh Bắc Giang",
    ]
    assert directory.get_office("07444", MAY).name == "UBND thị trấn Đồi Ngô"


def test_the_same_list_twice_records_nothing_twice(csv: Path) -> None:
    store = MemoryFactStore()
    bring_in(csv, store)
    head = store.head()
    assert bring_in(csv, store) == ImportSummary(established=0, known=4, batches=0)
    assert store.head() == head


def test_a_longer_list_adds_only_what_is_new(csv: Path) -> None:
    store = MemoryFactStore()
    bring_in(csv, store)
    csv.write_text(LIST + "07519,commune,Xã Cẩm Lý,218\n", encoding="utf-8")
    assert bring_in(csv, store) == ImportSummary(established=1, known=4, batches=1)


def test_a_unit_known_by_other_facts_refuses_the_whole_list_and_names_it(csv: Path) -> None:
    store = MemoryFactStore()
    bring_in(csv, store)
    head = store.head()
    changed = LIST.replace("Xã Tam Dị", "Xã Tam Dị Mới") + "07519,commune,Xã Cẩm Lý,218\n"
    csv.write_text(changed, encoding="utf-8")
    with pytest.raises(OtherUnit, match=r"Dòng 4: Xã Tam Dị Mới, mã 07456"):
        bring_in(csv, store)
    assert store.head() == head


def test_a_broken_list_imports_nothing(csv: Path) -> None:
    store = MemoryFactStore()
    csv.write_text(LIST + "07519,commune,,218\n", encoding="utf-8")
    with pytest.raises(BrokenUnitList):
        bring_in(csv, store)
    assert store.head() == 0


def test_codes_that_other_units_bear_on_that_day_refuse_the_whole_list(csv: Path) -> None:
    store = MemoryFactStore()
    bring_in(csv, store)
    head = store.head()
    for since in (SINCE + timedelta(days=181), SINCE - timedelta(days=30)):
        with pytest.raises(OverlappingList, match=r"dòng 2: mã 24 .* dòng 5: mã 07444"):
            bring_in(csv, store, since)
    assert store.head() == head


def test_codes_that_have_become_free_are_other_units(csv: Path) -> None:
    store, last_day = MemoryFactStore(), date(2025, 6, 30)
    bring_in(csv, store)
    for code in ("07444", "07456", "218", "24"):
        unit_id = f"{code}-20250101"
        said = {"last_day": last_day, "basis": ""}
        by = signed(unit_id, "test", FixedClock().now())
        office = {"office_id": f"ubnd-{unit_id}", **said}
        for event, one in (
            (OfficeAbolished, office),
            (UnitAbolished, {"unit_id": unit_id, **said}),
        ):
            store.append([Step(Stage.ABOLISH, event, unit_id, one).fact(2, by)])
    assert bring_in(csv, store, last_day + timedelta(days=1)).established == 4
    assert bring_in(csv, store).known == 4


class DyingStore(MemoryFactStore):
    """A store that is lost after some appends, once."""

    def __init__(self, appends: int) -> None:
        super().__init__()
        self.left = appends

    def append(
        self,
        facts: Sequence[OfficeEvent],
        *,
        receipt: Receipt | None = None,
        traceparent: str | None = None,
    ) -> Sequence[int]:
        if self.left == 0:
            self.left = -1
            raise StoreUnavailable
        self.left -= 1
        return super().append(facts, receipt=receipt, traceparent=traceparent)


def test_the_whole_country_comes_in_after_an_interruption_without_doubling() -> None:
    store = DyingStore(appends=7)
    with unit_list_file(Edition.THREE_TIER) as path:
        with pytest.raises(StoreUnavailable):
            bring_in(path, store)
        resumed = bring_in(path, store)
    assert resumed.known == 7 * 500
    assert resumed.established == 10_794 - 7 * 500
    directory = told_by(store)
    assert len(directory.roots(MAY)) == 63
    assert len(directory.units_under("24-20250101", MAY)) == 10 + 192
    assert store.head() == 2 * 10_794


def test_a_list_in_the_place_of_a_standing_one_is_a_reform_and_no_import() -> None:
    store = MemoryFactStore()
    with unit_list_file(Edition.THREE_TIER) as path:
        bring_in(path, store)
    head = store.head()
    with (
        unit_list_file(Edition.TWO_TIER) as path,
        pytest.raises(OverlappingList, match="chỗ khác") as refused,
    ):
        bring_in(path, store, Edition.TWO_TIER.valid_from)
    assert "units reform" in str(refused.value.mend)
    assert store.head() == head


def test_two_imports_at_once_do_not_mix(csv: Path) -> None:
    store = MemoryFactStore()
    stale = MemoryDirectoryFollower(store).refresh()
    bring_in(csv, store)
    csv.write_text(LIST + "07519,commune,Xã Cẩm Lý,218\n", encoding="utf-8")
    with pytest.raises(Conflict, match="đang nhập"):
        import_units(csv, SINCE, store, stale, FixedClock(), lambda done, total: None)


def test_progress_is_told_batch_by_batch() -> None:
    heard: list[tuple[int, int]] = []
    store = MemoryFactStore()
    with unit_list_file(Edition.TWO_TIER) as path:
        import_units(
            path, Edition.TWO_TIER.valid_from, store, Directory.of(()), FixedClock(),
            lambda done, total: heard.append((done, total)),
        )  # fmt: skip
    assert heard[-1] == (3_355, 3_355)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
