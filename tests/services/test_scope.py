"""What a list of a unit shows is what its sums count, whatever reforms it went through."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.directory import Directory
from projections.open_work import OpenAt, OpenSums
from services.areas import scope_of
from services.sums import By, Sums
from tests.domain.test_placing import DAYS, File, lived_through

TODAY = DAYS[-1]
ONE = OpenSums(petitions=1)


@settings(max_examples=30)
@given(st.integers(0, 1_000_000).map(Random))
def test_a_list_of_a_unit_standing_or_former_holds_just_what_its_sums_count(
    random: Random,
) -> None:
    directory, files = lived_through(random)
    for name in directory.units.names():
        scope = scope_of(name, directory, TODAY)
        asked = [file for file in files if is_asked_for(file, scope.offices, past=scope.is_past)]
        held = [file for file in files if scope.holds(file.office, file.formers)]
        assert [file for file in asked if scope.holds(file.office, file.formers)] == held
        assert counted(name, directory, files) == len(held)


def is_asked_for(file: File, offices: tuple[str, ...], *, past: bool) -> bool:
    """As the views are asked: what rests there, of a former unit what came from there too."""
    came = past and bool(set(file.formers) & set(offices))
    return file.office in offices or came


def counted(name: str, directory: Directory, files: list[File]) -> int:
    unit = directory.units.on(name, TODAY) or directory.units.of(name)[-1]
    found = [OpenAt(file.office, file.formers, ONE) for file in files]
    sums = Sums(unit, found, directory, TODAY)
    then, now = (sums.added(by).total.petitions for by in (By.THEN, By.NOW))
    assert then == now
    return then
