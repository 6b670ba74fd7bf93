"""Where something lies, in words (nơi)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.codes import Site
from domain.days import day_of
from domain.directory import Directory
from domain.names import in_running_text
from projections.gatherings import GatheringRow
from services.web.present.frame import Seat
from services.web.present.words import label

LEVELS: Final = {
    Site.COMMUNE_OFFICE: ("commune", "Trụ sở UBND"),
    Site.DISTRICT_OFFICE: ("district", "Trụ sở UBND"),
    Site.PROVINCE_OFFICE: ("province", "Trụ sở Tiếp công dân"),
}
"""At whose office a crowd stands."""

CITIES: Final = (Site.HANOI, Site.HO_CHI_MINH_CITY)


def place_words(row: GatheringRow, seat: Seat) -> str:
    """Where a crowd stands: ``Trụ sở UBND huyện Lục Nam``, as it was called on that day."""
    on = _told_on(row, seat)
    unit = seat.directory.find_unit(row.place, on)
    if unit is None or row.site in CITIES:
        return label(row.site)
    if row.site == Site.ELSEWHERE:
        return unit.name
    level, office = LEVELS[Site(row.site)]
    around = (unit, *seat.directory.ancestors(unit.unit_id, on))
    owner = next((each for each in around if each.level == level), unit)
    return f"{office} {in_running_text(owner.name)}"


def _told_on(row: GatheringRow, seat: Seat) -> date:
    """Today while the place stands, else the day on which they were reported there."""
    stands = seat.directory.find_unit(row.place, seat.today) is not None
    return seat.today if stands else day_of(row.reported_at)


def sites_on(directory: Directory, on: date) -> Sequence[Site]:
    """Where a crowd may stand on a day: at offices of the levels that the country has then."""
    top = directory.roots(on)[:1]
    below = (under for each in top for under in directory.units_under(each.unit_id, on))
    levels = {unit.level for unit in (*top, *below)}
    return [site for site in Site if site not in LEVELS or LEVELS[site][0] in levels]
