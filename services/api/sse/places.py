"""How many live streams stand open at once (số luồng trực tiếp cùng lúc)."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.api import catalogue
from services.api.problems import Problem, unavailable

MOST_STREAMS = 16
"""Open streams of one account in this process; a browser has one per window."""
MOST_STREAMS_IN_ALL = 2_000
"""Open streams of this process; the next is told to come again."""


class Places:
    """The places of this process: so many for each account, so many in all."""

    def __init__(self, each: int = MOST_STREAMS, in_all: int = MOST_STREAMS_IN_ALL) -> None:
        self._each = each
        self._in_all = in_all
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, account: str) -> Iterator[None]:
        """A place from before a stream waits for anything until it ends. Refuses: 429, 503."""
        if self._taken.total() >= self._in_all:
            raise unavailable(catalogue.OVERLOADED)
        if self._taken[account] >= self._each:
            raise Problem.at(
                catalogue.TOO_MANY_STREAMS,
                "#",
                f"Tài khoản đang mở {self._each} luồng trực tiếp.",
                "Đóng bớt cửa sổ rồi mở lại.",
                Retry_After="30",
            )
        self._taken[account] += 1
        try:
            yield
        finally:
            self._taken -= Counter((account,))
