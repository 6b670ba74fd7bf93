"""An operator's replay, put on record before it is shown (ghi nhận việc tua lại).

An operator sits in no office: the record is made for the one that is answerable for the file
today, whoever recorded its newest fact. The office that did may be gone, or know of the file no
more.
"""

from collections.abc import Iterator
from typing import Final
from uuid import uuid4

from domain.codes import AccessPurpose, Role
from domain.commands.access import ReplayHistory
from domain.dossier import Dossier
from domain.homes import OfficesOn
from domain.petition import Petition
from domain.refusals.rehoming import NobodyAnswers
from domain.values import Officer
from services.casework import Casework
from services.circles import Streams, circle_of, load_dossier
from services.sight import Circle, may_see
from services.telling import Told

OPERATOR: Final = "system:operator"


def put_on_record(
    told: Told, purpose: AccessPurpose, streams: Streams, casework: Casework, tree: OfficesOn
) -> None:
    """Record the replay; ``tree`` is today's. Refuses: ``NotFound``, ``NobodyAnswers``."""
    dossier, _ = load_dossier(streams, told.subject)
    ask = ReplayHistory(subject=told.subject, at_position=told.position, purpose=purpose)
    by, key = auditor_for(dossier, tree), uuid4()
    casework.handle(ask, by, key=key, request=key.bytes, correlation=key.hex)


def auditor_for(dossier: Dossier, tree: OfficesOn) -> Officer:
    """The operator, for the first office that stands and may see the file.

    The office in charge comes first, then whoever else is answerable, then who was told; in
    the place of an abolished one who answers for it. Refuses: ``NobodyAnswers``.
    """
    circle = circle_of(dossier, tree.directory, tree.day)
    in_charge = (dossier.in_charge,) if isinstance(dossier, Petition) else ()
    concerned = (*in_charge, *sorted(circle.holders), *sorted(circle.told))
    for office in (home for each in concerned for home in _standing_for(each, circle, tree)):
        officer = Officer(OPERATOR, office, Role.AUDITOR)
        if may_see(officer, circle, tree.directory, tree.day):
            return officer
    raise NobodyAnswers(
        "Không còn cơ quan nào chịu trách nhiệm về hồ sơ này để ghi nhận việc tua lại.",
        mend="Quản trị danh bạ nêu cơ quan kế thừa, rồi tua lại.",
    )


def _standing_for(office: str, circle: Circle, tree: OfficesOn) -> Iterator[str]:
    """The office itself if it stands; else who answers in its place, then its heirs."""
    if tree.stands(office):
        yield office
        return
    barred = frozenset() if circle.accused is None else tree.in_place_of(circle.accused)
    home = tree.home_of(office, barred=barred)
    if home is not None:
        yield home.office.office_id
    yield from sorted(heir for heir in tree.in_place_of(office) if tree.stands(heir))
