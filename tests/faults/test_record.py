"""What a run leaves: passed rows are kept, a load that rows share counts once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.harness import Ask, Outcome
from tests.faults.record import Record
from tests.faults.report import table_of, verdict_of
from tests.faults.table import BY_CODE, HURRIED, ROWS, UNHURRIED, alone, shift_of

CLEAN = {"acknowledged": 1_000, "stored": 1_700, "lost": 0, "doubled": 0, "out_of_order": 0}
ASK = Ask(seed=7)
TEST = "tests/faults/test_disk.py::test_a_full_disk"


def outcome(code: str, load: str, *wrong: str) -> Outcome:
    return Outcome(code, "a fault", 30.0, load, 30, [1.0, 2.0], {}, dict(CLEAN), list(wrong))


def noted(**more: object) -> str:
    line = {"row": "F13", "name": "full", "faults": 30, "commands": 50, "recovery_seconds": []}
    return json.dumps({**line, "within": None, "passed": True, "test": TEST, "at": 1.0, **more})


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "run.json", ASK, resume=False)


def again(tmp_path: Path, ask: Ask = ASK) -> Record:
    return Record(tmp_path / "run.json", ask, resume=True)


def test_a_resumed_run_keeps_what_passed_and_nothing_else(tmp_path: Path, record: Record) -> None:
    record.add([outcome("F01", "F01"), outcome("F04", "F04", "too slow")])
    record.notes.write_text(f"{noted()}\n{noted(test=TEST + '_2', passed=False, wrong='no')}\n")
    resumed = again(tmp_path)
    has = [resumed.has(shift) for shift in alone([BY_CODE["F01"], BY_CODE["F04"]])]
    assert has == [True, False]
    assert resumed.shown == [TEST]
    assert resumed.passed


def test_a_run_of_another_kind_begins_anew(tmp_path: Path, record: Record) -> None:
    record.add([outcome("F01", "F01")])
    other = again(tmp_path, replace(ASK, client="librdkafka"))
    assert not other.has(alone([BY_CODE["F01"]])[0])


def test_rows_of_an_earlier_commit_are_kept_on_demand_and_say_so(
    tmp_path: Path, record: Record
) -> None:
    record.add([outcome("F01", "F01")])
    record.notes.write_text(noted())
    record.take_notes()
    path = tmp_path / "run.json"
    path.write_text(path.read_text().replace('"commit": "', '"commit": "before-'))
    assert not again(tmp_path).shown
    record.add([outcome("F01", "F01")])
    path.write_text(path.read_text().replace('"commit": "', '"commit": "before-'))
    later = Record(path, ASK, resume=True, any_commit=True)
    later.add([outcome("F04", "F04")])
    assert later.has(alone([BY_CODE["F01"]])[0])
    told = table_of(path).splitlines()[-1]
    assert told.startswith("Ran on an earlier commit: F01, F13 on before-")


def test_the_sums_count_a_shared_load_once_and_every_fault(tmp_path: Path, record: Record) -> None:
    record.add([outcome("F02", "F02+F03"), outcome("F03", "F02+F03"), outcome("F01", "F01")])
    record.notes.write_text(noted(verdict={**CLEAN, "acknowledged": 50}))
    record.take_notes()
    last = table_of(tmp_path / "run.json").splitlines()[-1]
    cells = [cell.strip() for cell in last.split("|")]
    assert (cells[2], cells[3], cells[7], cells[8]) == ("all", "120", "2,050", "0")


def test_a_row_that_ran_again_on_another_commit_had_a_load_of_its_own(
    tmp_path: Path, record: Record
) -> None:
    record.add([outcome("F12", "V01+F12")])
    path = tmp_path / "run.json"
    path.write_text(path.read_text().replace('"commit": "', '"commit": "before-'))
    later = Record(path, ASK, resume=True, any_commit=True)
    lossy = outcome("V01", "V01+F12")
    lossy.verdict["lost"] = 1
    later.add([lossy])
    assert verdict_of(path).endswith(
        "2,000 acknowledged commands: 1 lost, 0 doubled, 0 out of order."
    )


def test_what_passed_is_on_record_however_soon_a_resumed_run_ends(
    tmp_path: Path, record: Record
) -> None:
    record.add([outcome("F01", "F01")])
    again(tmp_path)
    assert again(tmp_path).has(alone([BY_CODE["F01"]])[0])


def test_what_failed_is_named_in_the_table_and_in_the_verdict(
    tmp_path: Path, record: Record
) -> None:
    record.notes.write_text(noted(passed=False, wrong="it never fills"))
    record.take_notes()
    record.tell(simulation={"seeds": 10_000, "passed": False})
    assert "NO: it never fills" in table_of(tmp_path / "run.json")
    assert verdict_of(tmp_path / "run.json") == (
        "FAILED: F13, the simulated worlds. 30 faults, 50 acknowledged commands:"
        " 0 lost, 0 doubled, 0 out of order."
    )
    assert not record.passed


def test_the_verdict_of_a_clean_run_is_that_it_passed_and_over_how_much(
    tmp_path: Path, record: Record
) -> None:
    record.add([outcome("F02", "F02+F03"), outcome("F03", "F02+F03")])
    assert verdict_of(tmp_path / "run.json").startswith(
        "PASSED. 60 faults, 1,000 acknowledged commands"
    )
    Record(tmp_path / "none.json", ASK, resume=False).write()
    assert verdict_of(tmp_path / "none.json").startswith("NOTHING STRUCK.")


def test_a_full_run_plays_every_row_of_the_table() -> None:
    shifts = [*map(shift_of, UNHURRIED), *map(shift_of, HURRIED)]
    played = [row.code for shift in shifts for team in shift for row in team]
    assert sorted(played) == sorted(row.code for row in ROWS)


def test_a_row_may_leave_a_note_in_a_folder_that_is_new(tmp_path: Path) -> None:
    record = Record(tmp_path / "new" / "run.json", ASK, resume=False)
    record.notes.write_text(noted())
    record.take_notes()
    assert record.shown == [TEST]
