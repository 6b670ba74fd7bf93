"""What time it is (đồng hồ). Order never depends on it: positions do that."""

import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's clock, UTC."""

    def now(self) -> datetime:
        """Now, aware."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved by a span: only for a stack marked as demo.

    ``TIEPDAN_CLOCK_OFFSET_SECONDS`` sets it; settings refuse it on any other stack. While
    the demo runs a file may move it further, never back: every program looks at the same,
    each time it asks or every so many seconds.
    """

    def __init__(
        self, offset: timedelta, moved: Path | None = None, *, look_every: float = 0.0
    ) -> None:
        self._offset = offset
        self._moved = moved
        self._look_every = look_every
        self._look_after = 0.0
        self._stamp: tuple[int, int] | None = None

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the machine's now."""
        if self._moved is not None and time.monotonic() >= self._look_after:
            self._look_at(self._moved)
            self._look_after = time.monotonic() + self._look_every
        return self._offset

    def now(self) -> datetime:
        """Now and the offset, UTC, aware."""
        return datetime.now(UTC) + self.offset

    def _look_at(self, file: Path) -> None:
        try:
            status = file.stat()
        except FileNotFoundError:
            return
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._offset = max(self._offset, read_offset(file))
            self._stamp = stamp


def read_offset(file: Path) -> timedelta:
    """The offset a running demo was moved to; the least there is while nobody moved it."""
    try:
        return timedelta(seconds=int(file.read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta.min


def write_offset(file: Path, offset: timedelta) -> None:
    """Move the demo's clock, in one step: a reader sees the old file or the new one."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    draft.write_text(str(round(offset.total_seconds())), encoding="ascii")
    draft.replace(file)
