"""What time it is (đồng hồ). Order never depends on it: positions do that."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock, UTC."""

    def now(self) -> datetime:
        """Now, aware."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved by a fixed span: only for a stack marked as demo.

    ``TIEPDAN_CLOCK_OFFSET_SECONDS`` sets it; settings refuse it on any other stack.
    """

    def __init__(self, offset: timedelta) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Now and the offset, UTC, aware."""
        return datetime.now(UTC) + self.offset
