"""Who may read what (quyền xem hồ sơ): the one place that says so.

A :class:`Circle` says whom a dossier concerns; who stands outside learns nothing, not even
that it exists, by reading as by acting (``services/casework/desk.py``). Who does what stands
in :mod:`services.access`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.codes import AccessPurpose, Role
from domain.commands.access import OpenText, ReplayHistory
from domain.commands.petition import IDENTITY_FIELDS
from domain.directory import Directory
from domain.errors import NotFound, NotPermitted
from domain.homes import OfficesOn
from domain.units import Office
from domain.values import Officer
from services.access import HEADS, SYSTEM, check, may

CHECKING: Final = frozenset(
    {AccessPurpose.RESPONSIBILITY_CHECK, AccessPurpose.COMPLAINT_ABOUT_OFFICER}
)
"""What an auditor may open a text for."""


class TextNotForReader(NotPermitted):
    """The dossier may be seen, this text not: it is not needed to know what is going on."""

    code = "text_not_for_reader"
    title = "Không được mở nội dung này"


class DenouncerProtected(NotPermitted):
    """Nobody opens a denouncer's identity alone. Law 25/2018 art. 8, 9, 47, 56."""

    code = "denouncer_protected"
    title = "Danh tính người tố cáo được bảo vệ"


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom a dossier concerns (những cơ quan liên quan).

    ``holders`` are answerable for it now or asked to be; ``told`` once held it or were told
    of it. ``accused`` is the office it is about. ``denunciation``: it is or ever was one.
    """

    holders: frozenset[str]
    told: frozenset[str] = frozenset()
    accused: str | None = None
    denunciation: bool = False


def may_see(reader: Officer, circle: Circle, offices: Directory, on: date) -> bool:
    """Whether a dossier exists for this reader.

    The circle and the offices above its holders see it; auditors and monitors see what lies
    in their territory. A denunciation is seen by its holders, and above them by heads and
    auditors only. The accused office sees nothing it does not itself hold.
    """
    if reader.role in SYSTEM:
        return False
    if reader.office in circle.holders:
        return True
    if is_complained_of(reader.office, circle, offices, on):
        return False
    if circle.denunciation and reader.role not in HEADS | {Role.AUDITOR}:
        return False
    if _was_told(reader.office, circle, OfficesOn(offices, on)):
        return True
    if reader.office in _above(circle.holders, offices, on):
        return True
    watches = reader.role in (Role.AUDITOR, Role.MONITOR)
    return watches and _in_territory(reader.office, circle.holders, offices, on)


def is_complained_of(office: str, circle: Circle, offices: Directory, on: date) -> bool:
    """Whether it is the office a dossier is about, or has taken that one's place."""
    return circle.accused is not None and (
        office in OfficesOn(offices, on).in_place_of(circle.accused)
    )


def must_see(reader: Officer, circle: Circle, offices: Directory, on: date) -> None:
    """Refuses: ``NotFound``, the same as for what never was."""
    if not may_see(reader, circle, offices, on):
        raise NotFound("Không tìm thấy hồ sơ.")


def check_text(
    ask: OpenText, reader: Officer, circle: Circle, offices: Directory, on: date
) -> None:
    """Whether this reader may open this text for this purpose.

    Holders open all; who was told opens all but who the citizen is; an auditor opens what a
    check needs. Refuses: ``NotFound``, :class:`RoleMayNot`, :class:`DenouncerProtected`,
    :class:`TextNotForReader`.
    """
    must_see(reader, circle, offices, on)
    check(ask, reader)
    identity = ask.field in IDENTITY_FIELDS
    if identity and circle.denunciation:
        raise DenouncerProtected("Danh tính người tố cáo chỉ mở theo thủ tục riêng, có hai người.")
    if reader.role is Role.AUDITOR:
        allowed = ask.purpose in CHECKING
    else:
        allowed = reader.office in circle.holders
        if not identity:
            allowed = allowed or _was_told(reader.office, circle, OfficesOn(offices, on))
    if not allowed:
        raise TextNotForReader("Cơ quan hoặc mục đích của bạn không cho phép mở nội dung này.")


def may_open_text(
    ask: OpenText, reader: Officer, circle: Circle, offices: Directory, on: date
) -> bool:
    """:func:`check_text` as a question, for offering the button or not."""
    try:
        check_text(ask, reader, circle, offices, on)
    except (NotFound, NotPermitted):
        return False
    return True


def may_replay(reader: Officer, circle: Circle, offices: Directory, on: date) -> bool:
    """Whether this reader may replay the history."""
    return may(ReplayHistory, reader.role) and may_see(reader, circle, offices, on)


def _was_told(office: str, circle: Circle, tree: OfficesOn) -> bool:
    """Whether an office was told, or took the place of one in the circle that stands no longer.

    So the closed files of an abolished office are its heirs' to read.
    """
    if office in circle.told:
        return True
    gone = (known for known in circle.holders | circle.told if not tree.stands(known))
    return any(office in tree.in_place_of(known) for known in gone)


def _standing(holders: Iterable[str], tree: OfficesOn) -> Iterator[Office]:
    """The holders as they are today: an abolished one by who answers in its place."""
    for holder in holders:
        standing = tree.directory.find_office(holder, tree.day)
        home = tree.home_of(holder) if standing is None else None
        if standing is not None:
            yield standing
        elif home is not None:
            yield home.office


def _above(holders: Collection[str], offices: Directory, on: date) -> frozenset[str]:
    """The offices above the holders; for an abolished one also who answers meanwhile."""
    tree = OfficesOn(offices, on)
    today = [office.office_id for office in _standing(holders, tree)]
    moved = (office for office in today if office not in holders)
    above = (each.office_id for office in today for each in offices.superiors_of(office, on))
    return frozenset((*moved, *above))


def _in_territory(office: str, holders: Iterable[str], offices: Directory, on: date) -> bool:
    """Whether a holder's unit is the office's own unit or lies below it."""
    watching = offices.find_office(office, on)
    if watching is None:
        return False
    units = [holder.unit for holder in _standing(holders, OfficesOn(offices, on))]
    return any(
        watching.unit in (unit, *(above.unit_id for above in offices.ancestors(unit, on)))
        for unit in units
    )
