"""A text as it lies in the vault, and who may not have it."""

from dataclasses import dataclass
from uuid import UUID

from domain.errors import NotFound, NotPermitted


@dataclass(frozen=True)
class Entry:
    """One encrypted text. ``sealed`` marks data class 3, a denouncer's identity (niêm phong)."""

    entry: UUID
    subject: UUID
    field: str
    sealed: bool
    ciphertext: bytes


class Sealed(NotPermitted):
    """The identity of a denouncer opens for nobody alone (niêm phong). Law 25/2018 art. 56."""

    code = "sealed"
    title = "Nội dung được niêm phong"


def refuse_sealed(sealed: bool) -> None:
    """Refuses: :class:`Sealed`."""
    if sealed:
        raise Sealed("Thông tin người tố cáo được niêm phong, không mở bằng quyền thông thường.")


def unknown_entry(entry: UUID) -> NotFound:
    """The same answer for no such entry, another subject's, another field's."""
    return NotFound(f"Không tìm thấy nội dung {entry}.")
