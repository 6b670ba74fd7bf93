"""Who must receive a crowd, and who must come (thang trách nhiệm khi có đoàn đông người).

The ladder is written over levels and the tree of that day, so it holds with districts and
without: a site names the level whose office stands there, and away in Hanoi or Ho Chi Minh
City the highest unit below the province answers for its people. Rule: requirements.md D
2-6 (Lục Nam plan II.1), Law 42/2013 art. 30-31.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.codes import LABELS, Site
from domain.directory import Directory
from domain.errors import Invalid
from domain.law.rulebook import Rulebook
from domain.units import RECEPTION_BOARD, Unit

LEVEL_OF_SITE: Final = {
    Site.COMMUNE_OFFICE: "commune",
    Site.DISTRICT_OFFICE: "district",
    Site.PROVINCE_OFFICE: "province",
}
AWAY: Final = frozenset({Site.HANOI, Site.HO_CHI_MINH_CITY})


class NoSuchSite(Invalid):
    """On that day no level above or at the place has such an office."""

    code = "no_such_site"
    title = "Không có trụ sở cấp này"


@dataclass(frozen=True, slots=True)
class Ladder:
    """The duties of one crowd, by office (ai phải tiếp, ai phải có mặt).

    ``must_receive``: the office whose chair receives in person, or leads away from home.
    ``must_come``: the offices whose chairs come to persuade and help, nearest home first.
    """

    must_receive: str
    must_come: tuple[str, ...]


def most_to_speak(people: int, book: Rulebook, on: date) -> int:
    """How many speak for so many at most (người đại diện); all where the law says nothing."""
    rule = book.representatives_for(people, on)
    return people if rule is None else min(people, rule.at_most)


def crowd_ladder(place: Unit, site: Site, home: Unit, directory: Directory, on: date) -> Ladder:
    """The duties when people of ``home`` gather at a site in ``place``.

    The office where they stand receives them; the chair of the unit they came from comes
    too, unless he is that office or above it (D 2-3). At a gate or elsewhere the office of
    the place invites them in (D 6). Refuses: :class:`NoSuchSite`, for instance a district
    office after 30/6/2025.
    """
    if site in AWAY:
        return _away_ladder(home, directory, on)
    standing = _unit_of_site(place, site, directory, on)
    receiver = _receiver(standing, site, directory, on)
    if home in (standing, *directory.ancestors(standing.unit_id, on)):
        return Ladder(receiver, ())
    return Ladder(receiver, (directory.committee_of(home.unit_id, on).office_id,))


def _unit_of_site(place: Unit, site: Site, directory: Directory, on: date) -> Unit:
    if site not in LEVEL_OF_SITE:
        return place
    for unit in (place, *directory.ancestors(place.unit_id, on)):
        if unit.level == LEVEL_OF_SITE[site]:
            return unit
    raise NoSuchSite(
        f"Ngày {on:%d/%m/%Y}, {place.name} không có “{LABELS[site]}”.",
        pointer="/site",
        mend="Chọn nơi tập trung có vào ngày đó, hoặc chọn đơn vị khác.",
    )


def _receiver(standing: Unit, site: Site, directory: Directory, on: date) -> str:
    """The committee; at the province's reception office its board, where there is one."""
    if site is Site.PROVINCE_OFFICE:
        for office in directory.offices_of(standing.unit_id, on):
            if office.type == RECEPTION_BOARD:
                return office.office_id
    return directory.committee_of(standing.unit_id, on).office_id


def _away_ladder(home: Unit, directory: Directory, on: date) -> Ladder:
    """Far away: the highest unit below the province leads, the others of the line come (D 4)."""
    line = (home, *directory.ancestors(home.unit_id, on))
    lead = line[-2] if len(line) > 1 else home
    others = (unit for unit in line if unit != lead)
    return Ladder(
        directory.committee_of(lead.unit_id, on).office_id,
        tuple(directory.committee_of(unit.unit_id, on).office_id for unit in others),
    )
