"""Where something lies, in words (nơi)."""

from typing import Final

from domain.codes import Site
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
    """Where a crowd stands: ``Trụ sở UBND huyện Lục Nam``."""
    unit = seat.directory.find_unit(row.place, seat.today)
    if unit is None or row.site in CITIES:
        return label(row.site)
    if row.site == Site.ELSEWHERE:
        return unit.name
    level, office = LEVELS[Site(row.site)]
    around = (unit, *seat.directory.ancestors(unit.unit_id, seat.today))
    owner = next((each for each in around if each.level == level), unit)
    return f"{office} {in_running_text(owner.name)}"
