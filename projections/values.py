"""Values by the thousand: frozen to the type checker, quick to make."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen: bool) -> Any:
        """A dataclass with slots. ``frozen`` is held to by the type checker alone.

        A dataclass that refuses assignment at run time takes ten times as long to make
        (5.4 us against 0.5 for a petition's row, measured): a seventh of all folding.
        """
        return dataclass(slots=True, unsafe_hash=frozen)


__all__ = ["value"]
