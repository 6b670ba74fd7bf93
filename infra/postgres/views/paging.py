"""Pages of lists: rows that a reader may not see are left out before the cut (trang danh sách).

So a page is short only when the list ends with it, and its cursor is made of the last row it
shows: neither says anything of a row that it does not.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from psycopg.sql import SQL, Composed

from domain.errors import Invalid
from projections.answers import Page, Sieve

T = TypeVar("T")
Key = Sequence[str]
Kind = Callable[[str], str]

NEVER: Final = "infinity"
"""The sort key of what has no deadline."""
MOST_AT_ONCE: Final = 2_000
MOST_READ: Final = 10_000
"""Rows that one page reads, at most, to find those that it may show."""
GROWS: Final = 8
SMALLEST, LARGEST, MOST_RANKS = -(2**63), 2**63 - 1, 1_000


class BrokenCursor(Invalid):
    """The cursor was not made by this list."""

    code = "broken_cursor"
    title = "Con trỏ trang không hợp lệ"


class ListTooWide(Invalid):
    """Too much of the list is not the reader's to see: what is, was not found in time."""

    code = "list_too_wide"
    title = "Danh sách quá rộng"


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """Which page of a list: behind a cursor, so many rows, of those that a sieve lets through."""

    after: str | None
    limit: int
    seen: Sieve[T]

    def page(
        self,
        read: Callable[[Key | None, int], Sequence[T]],
        key: Callable[[T], Key],
        *kinds: Kind,
    ) -> Page[T]:
        """Read on until one row more than the page is seen, or the list ends.

        ``read``: so many rows behind a key, of the kinds named. Refuses: :class:`BrokenCursor`,
        :class:`ListTooWide`.
        """
        behind: Key | None = None if self.after is None else key_in(self.after, *kinds)
        shown: list[T] = []
        count, left = self.limit + 1, MOST_READ
        while len(shown) <= self.limit:
            rows = read(behind, count)
            shown += self.seen(rows)
            if len(rows) < count:
                break
            behind, left = key(rows[-1]), left - count
            count = max(1, min(count * GROWS, MOST_AT_ONCE))
            if left <= 0 and len(shown) <= self.limit:
                raise ListTooWide(
                    "Phần lớn danh sách này ngoài phạm vi được xem của bạn.",
                    mend="Chọn một cơ quan, một loại đơn hoặc một khoảng ngày.",
                )
        items = tuple(shown[: self.limit])
        return Page(items, cursor_of(key(items[-1])) if len(shown) > self.limit else None)


@dataclass(frozen=True)
class Order(Generic[T]):
    """An order of a list, and how a page goes on behind a key of it.

    ``later`` is the condition, with its parameters by ``names``; a cursor has them as ``kinds``.
    """

    by: Composed
    later: Composed
    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    key: Callable[[T], Key]

    def going_on(self, behind: Key | None) -> Composed:
        """The condition on rows behind a key; none on the first page."""
        return SQL("").format() if behind is None else self.later

    def behind(self, behind: Key | None) -> dict[str, Any]:
        """The parameters of that condition."""
        return dict(zip(self.names, behind or (), strict=behind is not None))


def cursor_of(key: Key) -> str:
    """An opaque cursor."""
    return base64.urlsafe_b64encode("|".join(key).encode()).decode().rstrip("=")


def key_in(cursor: str, *kinds: Kind) -> list[str]:
    """The key in a cursor, each part as its kind writes it. Refuses: :class:`BrokenCursor`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split("|")
        return [kind(part) for part, kind in zip(parts, kinds, strict=True)]
    except (binascii.Error, ValueError, OverflowError) as error:
        raise BrokenCursor(
            "Con trỏ trang không đọc được.", pointer="/after", mend="Tải lại từ trang đầu."
        ) from error


def a_day(part: str) -> str:
    """A day, as Postgres reads it too: Python also knows weeks and days without dashes."""
    return date.fromisoformat(part).isoformat()


def a_due_day(part: str) -> str:
    """A deadline in a cursor, or that there is none."""
    return part if part == NEVER else a_day(part)


def a_moment(part: str) -> str:
    """A moment with its zone."""
    moment = datetime.fromisoformat(part)
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    return moment.astimezone(UTC).isoformat()


def an_id(part: str) -> str:
    """An id; Python also reads it as a URN or in braces."""
    return str(UUID(part))


def a_number(part: str) -> str:
    """A whole number that a ``bigint`` holds."""
    number = int(part)
    if not SMALLEST <= number <= LARGEST:
        raise ValueError("no bigint")
    return str(number)


def a_rank(part: str) -> str:
    """A small number, as rows are ranked by."""
    number = int(part)
    if not 0 <= number < MOST_RANKS:
        raise ValueError("no rank")
    return str(number)


def a_word(part: str) -> str:
    """A text that Postgres takes: any without a NUL."""
    if "\x00" in part:
        raise ValueError("a NUL")
    return part
