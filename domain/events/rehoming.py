"""What every fact says by which open work leaves an office that stands no longer."""

from domain.codes import Seat
from domain.events.base import OfficeEvent


class Rehomed(OfficeEvent):
    """Another office stands in the place of an abolished one (chuyển việc sang nơi kế thừa).

    ``former`` is the abolished office, ``from_office`` who answered until now: ``former``
    itself, or who did so meanwhile. ``seats`` are the parts that ``to_office`` takes over.
    ``interim`` says that it only answers until a person decides between ``candidates``.
    No clock starts anew.
    """

    former: str
    from_office: str
    to_office: str
    to_unit: str
    seats: tuple[Seat, ...]
    interim: bool
    candidates: tuple[str, ...]
