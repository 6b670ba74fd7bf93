"""Names as people type them: without marks, in any Unicode form, abbreviated (tên gọi).

The fold key is the one key for comparing and searching Vietnamese names; the database at
hand has no Vietnamese collation (design.md 3), so keys are made here and stored.
"""

import unicodedata

ABBREVIATIONS = {
    "tp": ("thanh", "pho"),
    "tx": ("thi", "xa"),
    "tt": ("thi", "tran"),
    "h": ("huyen",),
    "q": ("quan",),
    "p": ("phuong",),
    "x": ("xa",),
}
"""Short forms of the kinds of unit, as typed in front of a name."""

KINDS = (
    "thành phố",
    "thị trấn",
    "thị xã",
    "đặc khu",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
)
"""Kinds of unit as they stand in front of a full name (loại đơn vị), longest first."""


def fold_key(text: str) -> str:
    """Text for comparing: lower case, no marks, đ as d, single spaces.

    ``Đồng Kỳ`` and its decomposed form both give ``dong ky``.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(bare.replace("đ", "d").replace(".", " ").replace(",", " ").split())


def search_words(text: str) -> tuple[str, ...]:
    """The folded words of a query, a leading or inner short form written out."""
    words: list[str] = []
    for word in fold_key(text).split():
        words.extend(ABBREVIATIONS.get(word, (word,)))
    return tuple(words)


def short_name(full_name: str) -> str:
    """The name without its kind: ``Xã Tam Dị`` gives ``Tam Dị``."""
    lowered = full_name.casefold()
    for kind in KINDS:
        if lowered.startswith(kind + " "):
            return full_name[len(kind) + 1 :]
    return full_name


def in_running_text(full_name: str) -> str:
    """The name inside a sentence, its kind in lower case: ``UBND xã Tam Dị``."""
    return full_name[:1].lower() + full_name[1:]
