"""Facts of the directory noted one by one, and the reform of 1/7/2025 in Lục Nam."""

from datetime import UTC, date, datetime
from typing import Any

from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.events import directory as facts
from domain.events.base import OfficeEvent, envelope
from domain.streams import office_stream, unit_stream
from domain.values import Signature
from tests.domain.directory_facts import BY, LITTLE_COUNTRY, MAY, TWO_TIERS, unit

WHOLE, PART = SuccessionRelation.WHOLE, SuccessionRelation.PART
EXACT, GUESSED, DECIDED = (
    SuccessionMatch.EXACT,
    SuccessionMatch.GUESSED,
    SuccessionMatch.DECIDED,
)

LAST_DAY = date(2025, 6, 30)
JUNE = date(2025, 6, 1)
NEW_LUC_NAM, NEW_CAM_LY = "07444-20250701", "07519-20250701"


class Noting:
    """Facts about units and offices, each at the next place of its stream."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}

    def __call__(
        self, event: type[OfficeEvent], thing: str, recorded: date = MAY, **said: Any
    ) -> OfficeEvent:
        is_unit = event.TOPIC.startswith("unit.")
        version = self._versions.get(thing, 1) + 1
        self._versions[thing] = version
        at = datetime(recorded.year, recorded.month, recorded.day, 3, tzinfo=UTC)
        by = Signature(BY.officer, BY.unit, at, at, "test")
        stream = unit_stream(thing) if is_unit else office_stream(thing)
        said["unit_id" if is_unit else "office_id"] = thing
        return event(**envelope(stream, version, by), **said)

    def renamed(self, name: str, to: str, since: date, recorded: date = MAY) -> OfficeEvent:
        return self(facts.UnitRenamed, name, recorded, name=to, valid_from=since, basis="")

    def ended(self, name: str, recorded: date = MAY) -> OfficeEvent:
        return self(facts.UnitAbolished, name, recorded, last_day=LAST_DAY, basis="")

    def succeeded(
        self,
        name: str,
        heir: str,
        relation: SuccessionRelation = WHOLE,
        match: SuccessionMatch = EXACT,
    ) -> OfficeEvent:
        return self(
            facts.UnitSucceeded, name, successor=heir, relation=relation, match=match,
            valid_from=TWO_TIERS, basis="",
        )  # fmt: skip

    def seat_ended(self, office: str) -> OfficeEvent:
        return self(facts.OfficeAbolished, office, last_day=LAST_DAY, basis="")


def reformed(*more: OfficeEvent) -> Directory:
    """Two new communes right below the province, which goes on."""
    new = (
        *unit("07444", "Xã Lục Nam", "commune", None, TWO_TIERS),
        *unit("07519", "Xã Cẩm Lý", "commune", None, TWO_TIERS),
    )
    return LITTLE_COUNTRY.with_facts((*new, *more))
