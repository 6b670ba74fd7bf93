"""Every event type, its name for ever, its version (sổ đăng ký loại sự kiện).

A stored record names its type as ``petition.transferred/1``. Nothing else may be
read back: an unknown name is refused, never imported (stack.md 1.4.7).
"""

from domain.events import (
    access,
    calendar,
    case,
    directory,
    filing,
    gathering,
    law,
    petition,
    register,
    reminder,
    return_mission,
    review,
    settlement,
)
from domain.events.base import OfficeEvent

ALL: tuple[type[OfficeEvent], ...] = tuple(
    cls
    for module in (
        petition,
        case,
        gathering,
        return_mission,
        directory,
        calendar,
        law,
        settlement,
        filing,
        register,
        reminder,
        review,
        access,
    )
    for cls in vars(module).values()
    if isinstance(cls, type) and issubclass(cls, OfficeEvent) and "TOPIC" in vars(cls)
)


def type_name(cls: type[OfficeEvent]) -> str:
    """The stored name of a type: topic and version."""
    return f"{cls.TOPIC}/{cls.VERSION}"


BY_NAME: dict[str, type[OfficeEvent]] = {type_name(cls): cls for cls in ALL}
if len(BY_NAME) != len(ALL):
    raise RuntimeError("two event types share a name and version")


class UnknownEventType(LookupError):
    """A stored or received record names a type this release does not know."""


def event_class(name: str) -> type[OfficeEvent]:
    """The class of a stored type name. Refuses: :class:`UnknownEventType`."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise UnknownEventType(name) from None
