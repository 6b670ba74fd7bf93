"""What an act is about, in one line, whatever kind of thing it is (về hồ sơ nào)."""

from collections.abc import Mapping
from typing import Final

from domain.case import Case
from domain.dossier import Dossier
from domain.gathering import Gathering
from domain.petition import Petition
from domain.return_mission import ReturnMission
from services.web.models.acts import Subject
from services.web.present.asking import Thing
from services.web.present.words import Names, label, people

PATHS: Final[Mapping[Thing, str]] = {
    "petition": "/ho-so",
    "case": "/vu-viec",
    "gathering": "/su-viec",
    "mission": "/ho-tro-ve",
}
KINDS: Final[Mapping[Thing, type[Dossier]]] = {
    "petition": Petition,
    "case": Case,
    "gathering": Gathering,
    "mission": ReturnMission,
}


def path_of(dossier: Dossier) -> str:
    """The address of a thing's own page."""
    thing = next(thing for thing, kind in KINDS.items() if isinstance(dossier, kind))
    return f"{PATHS[thing]}/{dossier.id}"


def subject_of(dossier: Dossier, number: str, names: Names) -> Subject:
    """Number and a few words. ``number``: of a petition or case; others have a place."""
    here = path_of(dossier)
    match dossier:
        case Petition():
            return Subject(number, here, (label(dossier.kind), names.office(dossier.in_charge)))
        case Case():
            return Subject(number, here, (label(dossier.kind), names.office(dossier.handling)))
        case Gathering():
            count = people(dossier.count.low, dossier.count.high)
            return Subject(label(dossier.site), here, (names.unit(dossier.place), count))
        case ReturnMission():
            return Subject("Hỗ trợ về", here, (names.unit(dossier.home), f"{dossier.people} người"))
    return Subject(number, here)
