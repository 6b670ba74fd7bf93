"""Facts of the law as the offices know it (bộ quy tắc)."""

from typing import Any, ClassVar

from domain.codes import DataClass
from domain.events.base import OfficeEvent


class RulebookPublished(OfficeEvent):
    """From now on this edition is what the law is known to be (ban hành bộ quy tắc).

    It holds every rule as data, so that a deadline of an earlier day can be worked out by
    what was known then, whatever later editions say. Known from the day it was recorded;
    from when each rule is valid, the rules say. ``digest`` is the hex SHA-256 of the lines.

    Recorded by: the operator, or the release when a stack is new.
    """

    TOPIC: ClassVar[str] = "rulebook.published"
    DATA_CLASS: ClassVar[DataClass] = DataClass.PUBLIC

    edition: int
    digest: str
    lines: tuple[dict[str, Any], ...]
