"""Where a listener stands: one position per lane, as an opaque event id (vị trí luồng).

Only the lanes of case facts: nobody is told live who read what. Behind them stands how often
rows were amended as far as that was told: a change of it leads on from no position.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping

from domain.ports import PARTITIONS

Vector = tuple[int, ...]
SIZE = PARTITIONS + 1
MAX_TEXT = 160
"""Thirteen varints of at most 9 bytes, in base64."""


def encode(vector: Vector) -> str:
    """The vector as an SSE id or cursor: base64url of thirteen varints."""
    return base64.urlsafe_b64encode(b"".join(map(_varint, vector))).rstrip(b"=").decode("ascii")


def decode(text: str) -> Vector | None:
    """The vector an id stands for; None for anything this API did not make."""
    if not text or len(text) > MAX_TEXT or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    numbers = tuple(_numbers(raw))
    return numbers if len(numbers) == SIZE and encode(numbers) == text else None


def moved(vector: Vector, positions: Iterable[tuple[int, int]]) -> Vector:
    """The vector after these (lane, position) pairs; no lane ever goes back."""
    lanes = list(vector)
    for lane, position in positions:
        lanes[lane] = max(lanes[lane], position)
    return tuple(lanes)


def of(positions: Mapping[int, int], amended: int = 0) -> Vector:
    """A vector from a mapping; an absent lane stands at 0."""
    return (*(positions.get(lane, 0) for lane in range(PARTITIONS)), amended)


def positions_of(vector: Vector) -> Mapping[int, int]:
    """The position in each lane."""
    return dict(enumerate(vector[:PARTITIONS]))


def amended(vector: Vector) -> int:
    """How often rows had been amended."""
    return vector[PARTITIONS]


def amended_as(vector: Vector, other: Vector) -> Vector:
    """The same positions, with the amendments of another."""
    return (*vector[:PARTITIONS], other[PARTITIONS])


def beyond(vector: Vector, head: Vector) -> bool:
    """Whether it claims a position that is not there yet: the store was restored, or a forgery."""
    lanes = zip(vector[:PARTITIONS], head[:PARTITIONS], strict=True)
    return any(mine > theirs for mine, theirs in lanes)


def leads_to(vector: Vector, head: Vector) -> bool:
    """Whether what happened from one to the other can be told position by position."""
    return not beyond(vector, head) and amended(vector) == amended(head)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _numbers(raw: bytes) -> Iterable[int]:
    number = shift = 0
    for byte in raw:
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield number
            number = shift = 0
    if shift:
        yield -1
