"""The country before the reform, and the reform recorded over it."""

from collections.abc import Sequence

import pytest

from domain.events.base import OfficeEvent
from domain.ports import Receipt, StoreUnavailable
from infra.memory.clocks import FixedClock
from infra.memory.fact_store import MemoryFactStore
from services.reform import ReformOrder, ReformSummary, record_reform
from tests.units.country import Files, files_of, imported, told_by

BAC_GIANG, BAC_NINH, LANG_SON = "24", "27", "20"
SMALL = 200
"""Steps a batch here: a handful of provinces has some thousand."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Two provinces that become one, and one that goes on."""
    return files_of(tmp_path_factory.mktemp("lists"), (BAC_GIANG, BAC_NINH, LANG_SON))


@pytest.fixture(scope="module")
def before(files: Files) -> MemoryFactStore:
    return imported(files.old)


def reform(store: MemoryFactStore, order: ReformOrder, *, resume: bool = False) -> ReformSummary:
    return record_reform(
        order, store, told_by(store), FixedClock(), lambda _done, _of: None,
        resume=resume, batch_size=SMALL,
    )  # fmt: skip


class Dying:
    """A store that is lost at the nth save from now, before or after the save is done."""

    def __init__(self, store: MemoryFactStore, saves: int, *, saved: bool) -> None:
        self._store, self._left, self._saved = store, saves, saved

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def append(
        self, facts: Sequence[OfficeEvent], *, receipt: Receipt | None = None
    ) -> Sequence[int]:
        self._left -= 1
        if self._left == 0 and not self._saved:
            raise StoreUnavailable
        positions = self._store.append(facts, receipt=receipt)
        if self._left == 0:
            raise StoreUnavailable
        return positions
