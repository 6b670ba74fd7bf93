"""Following one request through the house: W3C trace context, level 1 (mã tra cứu)."""

import random
import re
from dataclasses import dataclass

from starlette.types import Scope

HEADER = b"traceparent"
SCOPE_KEY = "tiepdan.trace"
FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", re.ASCII)
MAX_HEADER = 256


@dataclass(frozen=True)
class Trace:
    """The trace a request belongs to, and this server's own span in it."""

    trace_id: str
    span_id: str
    flags: str

    @property
    def traceparent(self) -> str:
        """The header to hand on: to the event store, to Kafka."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


def continue_trace(header: str | None) -> Trace:
    """A span of the caller's trace; of a new one when the header is absent or malformed."""
    span = _drawn(64)
    found = FORM.fullmatch(header) if header and len(header) <= MAX_HEADER else None
    if found is None:
        return Trace(_drawn(128), span, "01")
    version, trace_id, parent, flags, more = found.groups()
    all_zero = not int(trace_id, 16) or not int(parent, 16)
    if version == "ff" or (version == "00" and more) or all_zero:
        return Trace(_drawn(128), span, "01")
    return Trace(trace_id, span, flags)


def _drawn(bits: int) -> str:
    """A random id. Ids need to differ, not to be secret: no call of the system for them."""
    return f"{random.getrandbits(bits) or 1:0{bits // 4}x}"


def trace_of(scope: Scope) -> Trace:
    """The trace the edge gave this request; a new one outside of it."""
    trace = scope.get(SCOPE_KEY)
    return trace if isinstance(trace, Trace) else continue_trace(None)
