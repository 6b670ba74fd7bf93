"""One object for what is said again and again (mỗi giá trị giữ một lần).

A country's tree says the same few thousand names and days sixty thousand times, and each fact
is read with words of its own: held once they weigh a quarter less.
"""

import sys
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

DAYS_KEPT = 4_096
"""Days remembered; a country's tree knows some dozens."""
LISTS_KEPT = 4_096
"""Lists remembered: what offices of a country answer for, mostly nothing or everything."""


def one_name(name: str) -> str:
    """The one object for a name or code that many things bear."""
    return sys.intern(name)


def one_name_or_none(name: str | None) -> str | None:
    """As :func:`one_name`, for what may stand under nothing."""
    return None if name is None else sys.intern(name)


@lru_cache(DAYS_KEPT)
def one_day(day: date) -> date:
    """The one object for a day."""
    return day


def one_list(words: Iterable[str]) -> tuple[str, ...]:
    """The one tuple of these words, in their order."""
    return _one_tuple(tuple(words))


@lru_cache(LISTS_KEPT)
def _one_tuple(words: tuple[str, ...]) -> tuple[str, ...]:
    return words
