"""What an operator decides about records set aside: retry, skip, and the record of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from typer.testing import CliRunner, Result

from domain.events.access import TextOpened
from domain.events.petition import PetitionAccepted
from domain.ports import LANES
from domain.streams import access_stream, lane_of
from infra.clock import SystemClock
from infra.local.ports import wait_until
from infra.memory.fact_store import MemoryFactStore
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.log_stream import PostgresLogStream
from infra.postgres.views.beside import Beside, RebuildRuns
from infra.postgres.views.parking import Parking
from infra.postgres.views.store import PostgresViewStore
from infra.serial import decode
from projections.access_log import AccessLog
from projections.ports import StreamRecord
from services.cli import app
from services.parked import NothingParked, StillParked, retry, skip
from services.projector.lanes import Desk
from services.projector.recorded import StoreAndRelay
from services.projector.release import release_stream
from services.projector.status import ProjectorStatus
from services.projector.worker import Projector
from services.rebuild import Rebuild, Rebuilt
from tests.contracts.facts import accepted, fact, opened
from tests.services.tape import UNLUCKY, Tape, Versions, Watched, on_tape
from tests.stores import Addresses

A = uuid4()
LANE = lane_of(A, PetitionAccepted.TOPIC)
WHY = "written by a tool that is gone"
CASE_WORDS = "st\0ory"
"""No Postgres row keeps this text: a fact that holds it is poison."""


def story(*facts: PetitionAccepted) -> list[StreamRecord]:
    """The records of a store that holds these facts."""
    store = MemoryFactStore()
    store.append(facts)
    return on_tape(store)


WAITS = """
SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


class Disturbed(Beside):
    """New views while whose making something else happens."""

    meanwhile: Callable[[], object]

    def digests(self) -> Mapping[str, str]:
        self.meanwhile()
        return super().digests()


class House:
    """Facts of three streams; of one the first cannot become a row, and two wait behind it."""

    def __init__(self, store: PostgresFactStore, addresses: Addresses) -> None:
        self.store, self.addresses = store, addresses
        self.views, self.parking = self.open_views(), Parking.at(addresses.projector)
        self.desk = Desk((AccessLog(),), self.views, decode)
        self.subject = uuid4()
        self.stream = access_stream(self.subject)
        good = opened(self.subject)
        kept = {name: getattr(good, name) for name in ("subject", "entry", "purpose")}
        poison = fact(type(good), self.stream, 1, field=CASE_WORDS, **kept)
        later = [opened(self.subject, version) for version in (2, 3)]
        self.poisoned, *self.behind, _, _ = store.append(
            [poison, *later, opened(uuid4()), opened(uuid4())]
        )
        self.carrier = PostgresLogStream(addresses.app)
        self.projector = Projector(
            self.carrier, self.desk, SystemClock(), StoreAndRelay(store, None), ProjectorStatus()
        )
        self.project()

    def open_views(self, schema: str = "views") -> PostgresViewStore:
        return PostgresViewStore.at(self.addresses.projector, schema=schema)

    def project(self) -> None:
        self.projector.follow(frozenset(range(LANES)))
        assert wait_until(lambda: not self.projector.step(0), within=20)
        self.projector.look_around()

    def rows(self) -> list[int]:
        """The versions of the stream that became rows."""
        query = "SELECT version FROM views.access_log WHERE stream = %s ORDER BY version"
        return [int(str(version)) for (version,) in self.addresses.run(query, self.stream)]

    def parked(self) -> list[int]:
        """The positions of the stream that are set aside."""
        return [one.record.position for one in self.views.parked_records(self.stream)]

    def rebuild(self, meanwhile: Callable[[], object] = lambda: None) -> Rebuilt:
        """``meanwhile`` happens when every lane is folded and the swap is yet to come."""
        with (
            Disturbed.at(self.addresses.projector) as beside,
            closing(self.open_views("views_next")) as fresh,
        ):
            assert isinstance(beside, Disturbed)
            beside.meanwhile = meanwhile
            return Rebuild(self.store, beside, fresh, (AccessLog(),), decode).run()

    def close(self) -> None:
        self.carrier.close()
        self.views.close()
        self.parking.close()


@pytest.fixture
def house(postgres_store: PostgresFactStore, addresses: Addresses) -> Iterator[House]:
    house = House(postgres_store, addresses)
    yield house
    house.close()


def test_a_try_in_vain_is_counted_and_tells_why(house: House) -> None:
    with pytest.raises(StillParked, match="0x00"):
        retry(house.stream, house.desk, house.parking)
    first, *behind = house.parking.of_stream(house.stream, limit=10)
    assert (first.tried, [one.tried for one in behind]) == (2, [1, 1])
    assert first.unfolded_by == ("access_log",)
    assert house.parked() == [house.poisoned, *house.behind]


def test_a_skip_lets_the_stream_go_on_and_stays_on_record(house: House) -> None:
    went = skip(house.stream, house.desk, house.parking, reason=WHY, by="operator:an")
    assert ([one.spot.position for one in went.skipped], went.folded) == ([house.poisoned], 2)
    assert (house.rows(), house.parked()) == ([2, 3], [])
    (kept,) = house.parking.skipped(limit=10)
    assert (kept.spot.position, kept.stream) == (house.poisoned, house.stream)
    assert (kept.reason, kept.skipped_by) == (WHY, "operator:an")
    assert "rows refused" in kept.fault
    house.store.append([opened(house.subject, 4)])
    house.project()
    assert house.rows() == [2, 3, 4]


@pytest.mark.parametrize("change", ["DELETE FROM", "UPDATE", "TRUNCATE"])
def test_the_record_of_a_skip_cannot_be_changed(house: House, change: str) -> None:
    skip(house.stream, house.desk, house.parking, reason=WHY, by="operator:an")
    statement = f"{change} store.skipped_records"
    if change == "UPDATE":
        statement += " SET reason = 'none'"
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
        house.addresses.run(statement)


def test_a_rebuild_keeps_to_what_was_skipped(house: House) -> None:
    skip(house.stream, house.desk, house.parking, reason=WHY, by="operator:an")
    assert house.rebuild().equal
    assert (house.rows(), house.parked()) == ([2, 3], [])
    assert house.parking.skipped_count() == 1


def test_a_skip_outlives_a_rebuild_that_had_read_the_lane_before(house: House) -> None:
    house.rebuild(
        lambda: skip(house.stream, house.desk, house.parking, reason=WHY, by="operator:an")
    )
    house.project()
    assert (house.rows(), house.parked()) == ([2, 3], [])


def test_what_is_released_waits_for_whoever_writes_its_lane(house: House) -> None:
    lane = lane_of(house.stream, TextOpened.TOPIC)
    with psycopg.connect(house.addresses.projector) as writer, ThreadPoolExecutor(1) as other:
        writer.execute("SELECT FROM views.progress WHERE lane = %s FOR UPDATE", [lane])
        going = other.submit(
            skip, house.stream, house.desk, house.parking, reason=WHY, by="operator:an"
        )
        assert wait_until(lambda: bool(house.addresses.run(WAITS)), within=20)
        assert house.rows() == []
        writer.rollback()
        assert going.result(timeout=20).folded == 2


def test_a_rebuild_sets_aside_a_row_postgres_refuses_and_goes_on(house: House) -> None:
    assert house.rebuild().equal
    assert house.parked() == [house.poisoned, *house.behind]
    first, *behind = house.parking.of_stream(house.stream, limit=10)
    assert "rows refused" in first.reason
    assert all("waits behind" in one.reason for one in behind)
    assert len(house.addresses.run("SELECT 1 FROM views.access_log")) == 2


def test_two_rebuilds_at_once_are_refused(house: House) -> None:
    with Beside.at(house.addresses.projector) as first:
        first.begin(resume=False)
        with pytest.raises(RebuildRuns, match="another rebuild"):
            house.rebuild()
    assert house.rebuild().facts == 5


def test_nothing_is_skipped_or_tried_where_nothing_is_set_aside(house: House) -> None:
    with pytest.raises(NothingParked):
        retry(uuid4(), house.desk, house.parking)
    with pytest.raises(NothingParked):
        skip(uuid4(), house.desk, house.parking, reason=WHY, by="operator:an")


def test_pages_go_on_where_the_one_before_ended(house: House) -> None:
    first = house.parking.page(limit=2)
    rest = house.parking.page(after=first[-1].spot, limit=2)
    assert [one.spot.position for one in (*first, *rest)] == house.parked()


class Desktop:
    """``tiepdan parked ..`` as an operator types it."""

    def __init__(self, addresses: Addresses, state: Path) -> None:
        self._env = {
            "TIEPDAN_STORE_DSN": addresses.app,
            "TIEPDAN_PROJECTOR_DSN": addresses.projector,
        }
        self._state = str(state)

    def run(self, *words: str) -> Result:
        argv = ["parked", *words, "--state", self._state]
        return CliRunner().invoke(app, argv, env=self._env)

    def tell(self, *words: str) -> Mapping[str, Any]:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        told: Mapping[str, Any] = json.loads(done.stdout)
        return told


def test_the_commands_list_show_retry_and_skip(house: House, tmp_path: Path) -> None:
    desktop, stream = Desktop(house.addresses, tmp_path), str(house.stream)
    page = desktop.tell("list", "--limit", "2")
    assert [one["position"] for one in page["records"]] == [house.poisoned, house.behind[0]]
    rest = desktop.tell("list", "--after", page["next"])
    assert [one["position"] for one in rest["records"]] == [house.behind[1]]
    assert rest["next"] is None
    shown = desktop.run("show", stream)
    assert "tried 1" in shown.stdout
    assert "entry" not in shown.stdout
    tried = desktop.run("retry", stream)
    assert (tried.exit_code, "0x00" in tried.stderr) == (1, True)
    assert desktop.run("skip", stream).exit_code == 2
    assert desktop.run("skip", stream, "--reason", "  ").exit_code == 2
    went = desktop.tell("skip", stream, "--reason", WHY)
    assert (went["folded"], went["still_parked"]) == (2, None)
    assert desktop.tell("list")["records"] == []
    (kept,) = desktop.tell("skipped")["records"]
    assert (kept["reason"], kept["position"]) == (WHY, house.poisoned)
    assert kept["skipped_by"].startswith("operator:")
    assert desktop.run("show", stream).exit_code == 1
    assert desktop.run("list", "--after", "here").exit_code == 2


def test_what_others_folded_before_a_projection_was_added_is_not_folded_twice() -> None:
    tape = Tape()
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNLUCKY), accepted(A, 3)))
    before = Watched(tape, Versions(unlucky=0))
    before.read(LANE)
    after = Watched(tape, Versions(unlucky=0), Versions("added"), views=before.views)
    after.read(LANE)
    assert [position for position, _ in after.parked(A)] == [2, 3]
    mended = Desk((Versions(unlucky=0), Versions("added", unlucky=0)), after.views, decode)
    assert release_stream(A, mended) == 2
    assert (after.folded(LANE), after.folded(LANE, "added")) == (3, 3)
    assert (after.versions(A), after.parked(A)) == ("123", [])


def test_a_projection_added_to_a_parked_stream_folds_all_of_it_once_released() -> None:
    tape = Tape()
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNLUCKY), accepted(A, 3)))
    before = Watched(tape)
    before.read(LANE)
    after = Watched(tape, Versions(), Versions("added"), views=before.views)
    after.read(LANE)
    mended = Desk((Versions(unlucky=0), Versions("added", unlucky=0)), after.views, decode)
    assert release_stream(A, mended) == 2
    assert (after.folded(LANE), after.folded(LANE, "added")) == (3, 3)


def test_a_projection_added_later_passes_over_what_was_skipped() -> None:
    tape = Tape()
    tape.write(*story(accepted(A, 1), accepted(A, 2, offer=UNLUCKY), accepted(A, 3)))
    before = Watched(tape)
    before.views.skips.add((LANE, 2))
    before.read(LANE)
    assert (before.versions(A), before.parked(A)) == ("13", [])


def test_a_record_nobody_can_read_is_passed_over_once_skipped() -> None:
    first, second = story(accepted(A, 1), accepted(A, 2))
    tape = Tape()
    tape.write(replace(first, body=b"{"), second)
    watched = Watched(tape)
    watched.views.skips.add((LANE, 1))
    watched.read(LANE)
    assert (watched.versions(A), watched.parked(A)) == ("2", [])
