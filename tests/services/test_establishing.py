"""Units and offices are entered once, below what stands on their first day."""

from datetime import UTC, datetime

from domain.codes import Role
from domain.commands.directory import EstablishOffice, EstablishUnit
from domain.directory import Directory, UnknownOffice, UnknownUnit
from domain.events.directory import OfficeEstablished, UnitEstablished
from domain.refusals.directory import AlreadyEstablished, UnitIdMismatch
from domain.streams import unit_stream
from services.casework.casework import FactTooLarge
from tests.builders import LUC_NAM, MORNING, fact, officer
from tests.scenario import Scenario, given


def test_the_first_unit_is_entered_before_there_is_any_office() -> None:
    world = Scenario(Directory.of(()))
    admin = officer("system", Role.ADMIN)
    country = EstablishUnit(
        unit_id="24-20250101",
        code="24",
        name="Tỉnh Bắc Giang",
        level="province",
        parent=None,
        valid_from=datetime(2025, 1, 1, tzinfo=UTC).date(),
    )
    world.when(country, by=admin)
    world.then(fact(UnitEstablished, "system", unit_stream("24-20250101"), parent=None))


def establish(**more: object) -> EstablishUnit:
    asked: dict[str, object] = {
        "unit_id": "07500-20250101",
        "code": "07500",
        "name": "Xã Mới",
        "level": "commune",
        "parent": "218-20250101",
        "valid_from": MORNING.date().replace(month=1, day=1),
    }
    return EstablishUnit(**{**asked, **more})  # type: ignore[arg-type]


def test_a_unit_stands_below_a_unit_of_its_first_day() -> None:
    admin = officer("system", Role.ADMIN)
    world = given().when(establish(parent="999-20250101"), by=admin)
    world.then_refused(UnknownUnit, pointer="/parent")


def test_a_unit_is_named_by_code_and_first_day() -> None:
    world = given().when(establish(unit_id="07500"), by=officer("system", Role.ADMIN))
    world.then_refused(UnitIdMismatch, pointer="/unit_id")


def test_a_unit_is_entered_once() -> None:
    admin = officer("system", Role.ADMIN)
    world = given().when(establish(), by=admin).when(establish(), by=admin)
    world.then_refused(AlreadyEstablished)


def test_a_fact_holds_codes_and_never_a_document() -> None:
    """Kafka takes no record above 1 MiB, and one that is refused ends the relay."""
    admin = officer("system", Role.ADMIN)
    given().when(establish(name="x" * (256 * 1024)), by=admin).then_refused(FactTooLarge)


def inspectorate(of_unit: str = "218-20250101", superior: str = LUC_NAM) -> EstablishOffice:
    return EstablishOffice(
        office_id="ttr-218-20250101",
        type="inspectorate",
        name="Thanh tra huyện",
        of_unit=of_unit,
        superior=superior,
        valid_from=MORNING.date(),
    )


def test_an_office_stands_in_a_unit_below_an_office_of_its_first_day() -> None:
    admin = officer("system", Role.ADMIN)
    office = inspectorate()
    world = given().when(office, by=admin)
    assert [type(recorded) for recorded in world.recorded()] == [OfficeEstablished]
    world.when(office, by=admin).then_refused(AlreadyEstablished)


def test_an_office_of_nowhere_is_refused() -> None:
    admin = officer("system", Role.ADMIN)
    given().when(inspectorate(of_unit="999-20250101"), by=admin).then_refused(UnknownUnit)
    given().when(inspectorate(superior="999-20250101"), by=admin).then_refused(UnknownOffice)
