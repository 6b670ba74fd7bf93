"""Whatever was ever recorded can be read back, for ever, to the byte."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from domain.access_log import AccessLog
from domain.calendar_record import CalendarRecord
from domain.case import Case
from domain.directory import Directory
from domain.dossier import Dossier
from domain.events.registry import BY_NAME, UnknownEventType
from domain.gathering import Gathering
from domain.law.editions import RulebookRecord
from domain.office_record import OfficeRecord
from domain.petition import Petition
from domain.register import Register
from domain.reminder_record import ReminderRecord
from domain.return_mission import ReturnMission
from domain.review_record import ReviewRecord
from domain.unit_record import UnitRecord
from infra.serial import MalformedRecord, decode, encode

RECORDS = Path(__file__).parent / "records"
"""One stored record per type and version ever released. Add; never change, never remove."""

DOSSIERS: Mapping[str, type[Dossier]] = {
    "petition": Petition,
    "case": Case,
    "gathering": Gathering,
    "return_mission": ReturnMission,
    "unit": UnitRecord,
    "office": OfficeRecord,
    "calendar": CalendarRecord,
    "rulebook": RulebookRecord,
    "register": Register,
    "reminder": ReminderRecord,
    "review": ReviewRecord,
    "access": AccessLog,
}

STORED = {
    path.name.removesuffix(".json"): path.read_bytes().rstrip(b"\n")
    for path in sorted(RECORDS.glob("*.json"))
}


def stored_name(stem: str) -> str:
    """``petition.transferred/1`` from ``petition.transferred.1``."""
    topic, _, version = stem.rpartition(".")
    return f"{topic}/{version}"


def test_no_type_is_released_without_a_record_of_it() -> None:
    missing = sorted(set(BY_NAME) - set(map(stored_name, STORED)))
    assert not missing, f"put one stored record of each into {RECORDS.name}/: {missing}"


def test_no_type_that_was_ever_recorded_is_gone() -> None:
    assert set(map(stored_name, STORED)) <= set(BY_NAME)


@pytest.mark.parametrize("stem", STORED)
def test_a_record_is_read_back_to_the_byte(stem: str) -> None:
    fact = decode(stored_name(stem), STORED[stem])
    assert type(fact) is BY_NAME[stored_name(stem)]
    assert encode(fact) == STORED[stem]


@pytest.mark.parametrize("stem", STORED)
def test_a_record_still_replays(stem: str) -> None:
    fact = decode(stored_name(stem), STORED[stem])
    dossier = DOSSIERS[fact.TOPIC.partition(".")[0]](fact.originator_id)
    dossier.version = fact.originator_version - 1
    fact.mutate(dossier)
    assert dossier.version == fact.originator_version


def test_the_directory_still_reads_its_records() -> None:
    facts = [
        decode(stored_name(stem), STORED[stem])
        for stem in ("unit.established.1", "office.established.1")
    ]
    directory = Directory.of(facts)
    assert directory.find_unit("07519-20250101", facts[0].occurred_at.date()) is not None
    assert directory.find_office("ubnd-07519-20250101", facts[1].occurred_at.date()) is not None


@pytest.mark.parametrize("stem", STORED)
def test_no_record_says_who_a_citizen_is(stem: str) -> None:
    personal = {"name", "full_name", "address", "phone", "id_number", "summary", "note"}
    fields = set(msgspec.json.decode(STORED[stem]))
    if stem.startswith(("unit.", "office.")):
        fields.discard("name")  # of a place
    assert not fields & personal


def test_a_record_of_an_unknown_type_is_refused_and_nothing_imported() -> None:
    for name in ("os:system", "petition.transferred/2", "petition.transferred"):
        with pytest.raises(UnknownEventType):
            decode(name, b"{}")


def test_a_field_of_a_newer_release_is_not_dropped_in_silence() -> None:
    newer = {**msgspec.json.decode(STORED["petition.recalled.1"]), "urgency": 3}
    with pytest.raises(MalformedRecord, match="urgency"):
        decode("petition.recalled/1", msgspec.json.encode(newer))
