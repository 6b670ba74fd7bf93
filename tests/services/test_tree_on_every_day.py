"""The tree holds on every day, in whatever order its facts are recorded.

Each act is asked of the real casework, and the directory learns of it before the next.
"""

from datetime import date
from typing import Any

import pytest

from domain.codes import Role
from domain.commands import directory as ask
from domain.commands.base import Command
from domain.directory import Directory
from domain.errors import Refusal
from domain.refusals import directory as refuse
from tests.builders import officer
from tests.scenario import Scenario

ADMIN = officer("system", Role.ADMIN)
NEW_YEAR, APRIL, MAY = date(2025, 1, 1), date(2025, 4, 1), date(2025, 5, 1)
LAST = date(2025, 4, 30)
JUNE, MID_JUNE, TENTH = date(2025, 6, 1), date(2025, 6, 15), date(2025, 6, 10)
BASIS = "1191/NQ-UBTVQH15"
TOP, OLD, OTHER, COMMUNE = (f"{code}-20250101" for code in ("99", "900", "901", "90001"))
SEAT_A, SEAT_B = "ubnd-90001-20250101", "ubnd-901-20250101"


def entered(name: str, parent: str | None, since: date = NEW_YEAR) -> ask.EstablishUnit:
    code = name.partition("-")[0]
    level = {2: "province", 3: "district", 5: "commune"}[len(code)]
    return ask.EstablishUnit(
        unit_id=name, code=code, name=f"Đơn vị {code}", level=level, parent=parent, valid_from=since
    )


def seated(office: str, unit: str, since: date = NEW_YEAR) -> ask.EstablishOffice:
    return ask.EstablishOffice(
        office_id=office, type="peoples_committee", name=f"UBND {unit}", of_unit=unit,
        superior=None, fields=(), valid_from=since,
    )  # fmt: skip


def move(name: str, parent: str | None, since: date) -> ask.MoveUnit:
    return ask.MoveUnit(unit_id=name, parent=parent, valid_from=since, basis=BASIS)


def end(name: str, last: date = LAST) -> ask.AbolishUnit:
    return ask.AbolishUnit(unit_id=name, last_day=last, basis=BASIS)


def end_office(name: str, last: date = LAST) -> ask.AbolishOffice:
    return ask.AbolishOffice(office_id=name, last_day=last, basis=BASIS)


def withdraw(name: str, version: int) -> ask.WithdrawUnitFact:
    return ask.WithdrawUnitFact(unit_id=name, withdrawn=version, basis=BASIS)


def withdraw_of(office: str, version: int) -> ask.WithdrawOfficeFact:
    return ask.WithdrawOfficeFact(office_id=office, withdrawn=version, basis=BASIS)


def direct(office: str, superior: str, since: date) -> ask.ChangeOfficeSuperior:
    return ask.ChangeOfficeSuperior(
        office_id=office, superior=superior, valid_from=since, basis=BASIS
    )


def told(*commands: Command) -> Scenario:
    """A country of one province and two districts, and the acts recorded one after the other."""
    world = Scenario(Directory.of(()))
    country = (entered(TOP, None), entered(OLD, TOP), entered(OTHER, TOP))
    for command in (*country, *commands):
        world.when(command, by=ADMIN)
        if world.refusal is None:
            world.directory = world.directory.with_facts(world.recorded())
    return world


IN_OLD = entered(COMMUNE, OLD)
LATE = "90002-20250401"

REFUSED: dict[str, tuple[tuple[Command, ...], type[Refusal], str]] = {
    "a unit entered below one whose last day is known": (
        (end(OLD), entered(LATE, OLD, APRIL)), refuse.NotStanding, "/parent",
    ),
    "a unit moved below one whose last day is known": (
        (end(OLD), entered(COMMUNE, OTHER), move(COMMUNE, OLD, APRIL)),
        refuse.NotStanding, "/parent",
    ),
    "an office entered in a unit whose last day is known": (
        (end(OLD), seated("tcd-900-20250101", OLD, APRIL)), refuse.NotStanding, "/of_unit",
    ),
    "a unit ended below which one stands from a later day": (
        (entered("90002-20250601", OLD, JUNE), end(OLD)), refuse.StillBelow, "/last_day",
    ),
    "a unit ended to which one moves on a later day": (
        (entered(COMMUNE, OTHER), move(COMMUNE, OLD, JUNE), end(OLD)),
        refuse.StillBelow, "/last_day",
    ),
    "a unit ended in which an office begins on a later day": (
        (seated("tcd-900-20250601", OLD, JUNE), end(OLD)), refuse.StillBelow, "/last_day",
    ),
    "a move withdrawn that leads back below what has ended": (
        (IN_OLD, move(COMMUNE, OTHER, APRIL), end(OLD), withdraw(COMMUNE, 2)),
        refuse.NotStanding, "/withdrawn",
    ),
    "a move withdrawn that leads back below itself": (
        (
            move(OTHER, OLD, APRIL), move(OTHER, TOP, MAY), move(OLD, OTHER, JUNE),
            withdraw(OTHER, 3),
        ),
        refuse.ParentCycle, "/withdrawn",
    ),
    "a last day withdrawn of what lay below a unit that ended too": (
        (IN_OLD, end(COMMUNE), end(OLD), withdraw(COMMUNE, 2)),
        refuse.NotStanding, "/withdrawn",
    ),
    "a last day withdrawn when another bears the code": (
        (
            IN_OLD, end(COMMUNE), entered("90001-20250501", OTHER, MAY), withdraw(COMMUNE, 2),
        ),
        refuse.OverlappingUnits, "/withdrawn",
    ),
    "an office's last day withdrawn when its unit has ended": (
        (
            seated("ubnd-900-20250101", OLD), end_office("ubnd-900-20250101"), end(OLD),
            withdraw_of("ubnd-900-20250101", 2),
        ),
        refuse.NotStanding, "/withdrawn",
    ),
    "an office directed on a later day by one it directs": (
        (
            IN_OLD, seated(SEAT_A, COMMUNE), seated(SEAT_B, OTHER),
            direct(SEAT_A, SEAT_B, TENTH), direct(SEAT_B, SEAT_A, JUNE),
        ),
        refuse.ParentCycle, "/superior",
    ),
    "an office's superior withdrawn that leads back below itself": (
        (
            IN_OLD, seated(SEAT_A, COMMUNE), seated(SEAT_B, OTHER), seated("ubnd-99", TOP),
            direct(SEAT_A, SEAT_B, APRIL), direct(SEAT_A, "ubnd-99", MAY),
            direct(SEAT_B, SEAT_A, JUNE), withdraw_of(SEAT_A, 3),
        ),
        refuse.ParentCycle, "/withdrawn",
    ),
    "a withdrawal withdrawn, which changes nothing": (
        (IN_OLD, move(COMMUNE, OTHER, APRIL), withdraw(COMMUNE, 2), withdraw(COMMUNE, 3)),
        refuse.NothingToWithdraw, "/withdrawn",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", REFUSED)
def test_what_would_break_the_tree_on_some_day_is_refused(which: str) -> None:
    commands, refusal, pointer = REFUSED[which]
    world = told(*commands)
    world.then_refused(refusal, pointer=pointer)


ALLOWED: dict[str, tuple[Command, ...]] = {
    "what moved away before the last day": (IN_OLD, move(COMMUNE, OTHER, MAY), end(OLD)),
    "what moves on before the last day": (
        entered(COMMUNE, OTHER), move(COMMUNE, OTHER, MAY), end(OLD), move(COMMUNE, OLD, APRIL),
    ),
    "the move first and the last day afterwards, both withdrawn in turn": (
        IN_OLD, move(COMMUNE, OTHER, MAY), end(OLD), withdraw(OLD, 2), withdraw(COMMUNE, 2),
    ),
    "a code borne again after the last day, and that last day mended later": (
        IN_OLD, end(COMMUNE), entered("90001-20250501", OTHER, MAY), end("90001-20250501", JUNE),
        withdraw("90001-20250501", 2),
    ),
    "a reform in the planner's order: the new, the moves, the last days from below": (
        IN_OLD, seated(SEAT_A, COMMUNE), seated("ubnd-900-20250101", OLD),
        entered("90003-20250501", TOP, MAY), move(OTHER, None, MAY),
        end_office(SEAT_A), end(COMMUNE), end_office("ubnd-900-20250101"), end(OLD),
    ),
    "a superior for a while, and the other way round afterwards": (
        IN_OLD, seated(SEAT_A, COMMUNE), seated(SEAT_B, OTHER), seated("ubnd-99", TOP),
        direct(SEAT_A, SEAT_B, TENTH), direct(SEAT_B, "ubnd-99", date(2025, 6, 5)),
        direct(SEAT_B, SEAT_A, JUNE),
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", ALLOWED)
def test_what_holds_on_every_day_is_recorded(which: str) -> None:
    directory = _upright(told(*ALLOWED[which]))
    for day in (NEW_YEAR, APRIL, LAST, MAY, JUNE, TENTH, MID_JUNE):
        units = [
            unit for name in directory.units.names() if (unit := directory.units.on(name, day))
        ]
        standing = {unit.unit_id for unit in units}
        assert {unit.parent for unit in units} <= {None, *standing}
        assert all(unit.unit_id not in _above(directory, unit.unit_id, day) for unit in units)
        for name in directory.offices.names():
            office = directory.offices.on(name, day)
            assert office is None or office.unit in standing
            assert office is None or office not in directory.superiors_of(name, day)


def _above(directory: Directory, unit: str, day: date) -> set[str]:
    return {above.unit_id for above in directory.ancestors(unit, day)}


def _upright(world: Scenario) -> Directory:
    assert world.refusal is None, f"{type(world.refusal).__name__}: {world.refusal}"
    return world.directory


def test_who_reads_a_tree_that_was_broken_before_is_told_what_stands() -> None:
    """Facts recorded before these rules replay for ever: a question never ends in a refusal."""
    world = told(IN_OLD)
    told_of: Any = told(end(OLD)).recorded()
    broken = world.directory.with_facts(told_of)
    assert [up.unit_id for up in broken.ancestors(COMMUNE, LAST)] == [OLD, TOP]
    assert broken.ancestors(COMMUNE, MAY) == ()
