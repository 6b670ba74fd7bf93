"""The base of every command."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something an officer asks for. ``texts`` maps a text field to what was written.

    ``TEXT_FIELDS`` closes the list: any other field is refused at the edge.
    """

    TEXT_FIELDS: ClassVar[frozenset[str]] = frozenset()

    texts: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Everything asked but the texts, by name: for a fact that says just that."""
        named = (each.name for each in fields(self) if each.name != "texts")
        return {name: getattr(self, name) for name in named}
