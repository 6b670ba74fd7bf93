"""What people wrote, checked before it is sealed (nội dung văn bản)."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from domain.commands.base import Command
from domain.errors import Invalid

LONGEST: Final[Mapping[str, int]] = {
    "name": 200,
    "address": 500,
    "id_number": 20,
    "phone": 20,
    "place_detail": 500,
    "note": 2_000,
    "issue": 2_000,
    "summary": 4_000,
    "proposal": 4_000,
    "instruction": 4_000,
    "result": 4_000,
}
"""Characters by field, counted after normalisation."""

WRITTEN_APART: Final = 4
"""A Vietnamese letter with its marks apart takes up to three characters; some room for blanks."""

LINES: Final = frozenset("\n\t")
BIDIRECTIONAL: Final = frozenset(
    "\N{ARABIC LETTER MARK}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{POP DIRECTIONAL FORMATTING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"
    "\N{POP DIRECTIONAL ISOLATE}"
)
"""They make a text read otherwise than it is stored."""

FORBIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs"})
"""Control characters, NUL among them, and halves of surrogate pairs."""


class UnknownTextField(Invalid):
    """A command carries only the texts it names."""

    code = "unknown_text_field"
    title = "Không có ô nội dung này"


class TextTooLong(Invalid):
    """A text fits its field."""

    code = "text_too_long"
    title = "Nội dung quá dài"


class ForbiddenCharacter(Invalid):
    """A text reads as it is stored: no control and no direction-changing characters."""

    code = "forbidden_character"
    title = "Nội dung có ký tự không được phép"


def checked(command: Command) -> dict[str, str]:
    """The command's texts in composed form (NFC), trimmed; empty ones left out.

    Refuses: :class:`UnknownTextField`, :class:`TextTooLong`, :class:`ForbiddenCharacter`,
    each naming the field.
    """
    written = {
        field: _checked(field, text, command.TEXT_FIELDS) for field, text in command.texts.items()
    }
    return {field: text for field, text in written.items() if text}


def _checked(field: str, text: str, known: frozenset[str]) -> str:
    pointer = f"/texts/{field}"
    if field not in known:
        raise UnknownTextField("Việc này không có ô nội dung đó.", pointer="/texts")
    longest = LONGEST[field]
    if len(text) > WRITTEN_APART * longest:  # before any work on it
        raise _too_long(text, longest, pointer)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    _refuse_characters(composed, pointer)
    if len(composed) > longest:
        raise _too_long(composed, longest, pointer)
    return composed


def _too_long(text: str, longest: int, pointer: str) -> TextTooLong:
    return TextTooLong(
        f"Nội dung dài {len(text)} ký tự, tối đa {longest}.",
        pointer=pointer,
        mend="Rút gọn, hoặc đính kèm văn bản giấy.",
    )


def _refuse_characters(text: str, pointer: str) -> None:
    for place, character in enumerate(text, start=1):
        control = unicodedata.category(character) in FORBIDDEN_CATEGORIES
        if character in BIDIRECTIONAL or (control and character not in LINES):
            raise ForbiddenCharacter(
                f"Ký tự thứ {place} (U+{ord(character):04X}) không được phép.",
                pointer=pointer,
                mend="Xóa ký tự đó rồi gửi lại.",
            )
