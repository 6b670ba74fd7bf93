"""What happened in an area in the last hour, as far as this reader may be told (diễn biến)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.events.base import OfficeEvent
from domain.events.petition import PetitionAccepted, PetitionTransferred
from infra.serial import decode
from projections.asks import Area
from projections.gatherings import GatheringRow
from projections.return_missions import MissionRow
from services.api import row_circles
from services.api.changes import told_lately
from services.sight import Circle
from services.web.present.changes import Change, acts_of
from services.web.present.subjects import PATHS
from services.web.routes.door import Visit

MOST: Final = 9
"""Lines of a board's feed."""

PAGES: Final = {
    "petition": PATHS["petition"],
    "case": PATHS["case"],
    "gathering": PATHS["gathering"],
    "return_mission": PATHS["mission"],
}
"""Where the file of a kind of stream is read."""


def recent(visit: Visit, area: Area, since: datetime) -> Sequence[Change]:
    """The newest acts, each with what its line tells."""
    rows = told_lately(visit.reading, area, since)
    facts = acts_of([decode(row.type_name, row.body) for row in rows])[:MOST]
    things = _things(visit, facts)
    circles = _circles(visit, facts, things)
    return [_change(visit, fact, things, circles) for fact in facts]


def _change(
    visit: Visit,
    fact: OfficeEvent,
    things: Mapping[UUID, GatheringRow | MissionRow],
    circles: Mapping[UUID, Circle],
) -> Change:
    stream = fact.originator_id
    circle = circles.get(stream)
    path = PAGES.get(_topic(fact), "")
    open_to_reader = circle is not None and visit.reading.sees(circle)
    return Change(
        fact=fact,
        thing=things.get(stream),
        offered_at=_offered_at(visit, fact) if isinstance(fact, PetitionAccepted) else None,
        href=f"{path}/{stream}" if path and open_to_reader else "",
    )


def _topic(fact: OfficeEvent) -> str:
    return fact.TOPIC.split(".", 1)[0]


def _streams(facts: Iterable[OfficeEvent], topic: str) -> Sequence[UUID]:
    return sorted({fact.originator_id for fact in facts if _topic(fact) == topic})


def _things(visit: Visit, facts: Sequence[OfficeEvent]) -> Mapping[UUID, GatheringRow | MissionRow]:
    """The crowds and missions of the facts."""
    views = visit.parts.views
    crowds = map(views.find_gathering, _streams(facts, "gathering"))
    missions = map(views.find_mission, _streams(facts, "return_mission"))
    known: dict[UUID, GatheringRow | MissionRow] = {
        row.gathering_id: row for row in crowds if row is not None
    }
    known.update((row.mission_id, row) for row in missions if row is not None)
    return known


def _circles(
    visit: Visit,
    facts: Sequence[OfficeEvent],
    things: Mapping[UUID, GatheringRow | MissionRow],
) -> Mapping[UUID, Circle]:
    """Whom each file concerns."""
    petitions, cases = _streams(facts, "petition"), _streams(facts, "case")
    circles = row_circles.of_files(visit.parts.views, petitions, cases)
    for stream, row in things.items():
        if isinstance(row, GatheringRow):
            circles[stream] = row_circles.of_gathering(row)
        else:
            circles[stream] = row_circles.of_mission(row)
    return circles


def _offered_at(visit: Visit, accepted: PetitionAccepted) -> datetime | None:
    """When the offer was made that is accepted here."""
    for row in visit.parts.views.history(accepted.originator_id):
        fact = decode(row.type_name, row.body)
        if isinstance(fact, PetitionTransferred) and fact.offer == accepted.offer:
            return fact.timestamp
    return None
