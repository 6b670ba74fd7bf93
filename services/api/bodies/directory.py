"""Bodies of acts on the directory, one fact at a time (danh bạ). Whole lists are imported."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.codes import Field as Subject
from domain.codes import Role, SuccessionRelation
from services.api.bodies.base import Act, Day, Ref
from services.api.bodies.units import Basis

Name = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
"""What a unit or an office is called: a public name, never a person's."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
"""A level, or an office's type: open lists, so that a reform needs no new release."""

Subjects = Annotated[tuple[Subject, ...], Field(max_length=len(Subject))]


class UnitNotice(Act):
    """A unit that stands from a day on (thành lập đơn vị). ``parent``: an id, or a code then."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")]
    name: Name
    level: Word
    parent: Ref | None = None
    valid_from: Day


class NewName(Act):
    """Another name, or another kind with its whole new name, from a day on (đổi tên)."""

    name: Name
    valid_from: Day
    basis: Basis = ""


class NewParent(Act):
    """The unit above from a day on (chuyển đơn vị trực thuộc)."""

    parent: Ref | None
    valid_from: Day
    basis: Basis = ""


class CededPart(Act):
    """A part of the area goes to another unit (điều chỉnh địa giới)."""

    to_unit: Ref
    valid_from: Day
    basis: Basis = ""


class LastDay(Act):
    """It stands no longer after this day (giải thể)."""

    last_day: Day
    basis: Basis = ""


class OfficeNotice(Act):
    """An office of a unit from a day on (thành lập cơ quan). ``superior``: id, or unit's code."""

    office_id: Ref
    type: Word
    name: Name
    of_unit: Ref
    superior: Ref | None = None
    fields: Subjects = ()
    valid_from: Day


class NewSuperior(Act):
    """The office that directs this one from a day on (đổi cơ quan cấp trên)."""

    superior: Ref | None
    valid_from: Day
    basis: Basis = ""


class NewFields(Act):
    """What the office answers for from a day on; nothing named: everything (đổi lĩnh vực)."""

    fields: Subjects
    valid_from: Day
    basis: Basis = ""


class OfficeSuccessor(Act):
    """Which office took over all or a part of an ended one's work (cơ quan kế thừa)."""

    successor: Ref
    relation: SuccessionRelation = SuccessionRelation.WHOLE
    basis: Basis = ""


class PlaceOpened(Act):
    """Where citizens are received from a day on (mở địa điểm tiếp công dân)."""

    place_id: Ref
    location: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    valid_from: Day


class PlaceClosed(Act):
    """Nobody is received there after a day (đóng địa điểm tiếp công dân)."""

    place_id: Ref
    last_day: Day


class PostHeld(Act):
    """Who holds a post from a day on (bố trí vị trí). ``account`` is opaque, never a name."""

    account: Ref
    post: Role
    valid_from: Day


class PostGiven(Act):
    """Who leaves a post after a day; open work must be handed on (rời vị trí)."""

    account: Ref
    post: Role
    last_day: Day


class Standing(Act):
    """Who stands in for somebody absent, both days included (người làm thay)."""

    absent: Ref
    stand_in: Ref
    post: Role
    valid_from: Day
    last_day: Day
