"""What a fact tells whom, also when one of them cannot be told in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

import pytest

from domain.codes import Role
from projections.case_history import HistoryRow
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services.api.sse import vector
from services.api.sse.pending import Signal
from services.api.sse.topics import ViewsFeed
from tests.builders import CAM_LY, unit_of
from tests.domain.directory_facts import LITTLE_COUNTRY

MAY = datetime(2025, 5, 5, 2, 0, tzinfo=UTC)
START = vector.of({})
DESK, FILE_TOPIC, BOARD = "desk", "file", "board"


def row(position: int, type_name: str, stream: UUID) -> HistoryRow:
    return HistoryRow(
        stream=stream, version=1, lane=0, position=position, type_name=type_name,
        recorded_at=MAY, occurred_at=MAY, office=CAM_LY, unit=unit_of(CAM_LY), actor="acc-1",
        role=Role.HANDLER, offices=(CAM_LY,), data_class=1, body=b"{}",
    )  # fmt: skip


@dataclass
class Rows:
    """History whose crowds cannot be looked up."""

    rows: list[HistoryRow]
    fault: Exception
    lookups: list[UUID] = field(default_factory=list)

    def feed(self, since: Mapping[int, int], *, limit: int = 500) -> Sequence[HistoryRow]:
        return [row for row in self.rows if row.position > since[row.lane]][:limit]

    def find_gathering(self, stream: UUID) -> None:
        self.lookups.append(stream)
        raise self.fault


CROWD, FILE = uuid4(), uuid4()


def feed_of(fault: Exception) -> ViewsFeed:
    rows = [row(1, "gathering.reported", CROWD), row(2, "petition.received", FILE)]
    return ViewsFeed(cast("Views", Rows(rows, fault)), lambda: LITTLE_COUNTRY)


def test_a_fact_that_cannot_be_told_in_full_is_told_nearby_and_silences_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    feed = feed_of(LookupError("a place nobody knows"))
    crowd, petition = feed.since(START, 10)
    assert crowd.signals == {
        Signal(FILE_TOPIC, str(CROWD)),
        Signal(DESK, CAM_LY),
        Signal(BOARD, unit_of(CAM_LY)),
        Signal("gatherings", unit_of(CAM_LY)),
    }
    boards = {signal.place for signal in petition.signals if signal.topic == BOARD}
    assert boards > {unit_of(CAM_LY)}
    assert [change.position for change in (crowd, petition)] == [1, 2]
    feed.since(START, 10)
    told = [record for record in caplog.records if record.name == "tiepdan.api.live"]
    assert len(told) == 1


def test_views_that_are_away_are_asked_again_and_nothing_is_told_in_part() -> None:
    with pytest.raises(ViewsUnavailable):
        feed_of(ViewsUnavailable("gone")).since(START, 10)
