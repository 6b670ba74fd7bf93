"""Enough of Postgres' wire protocol to see when one statement was committed."""

READY = b"Z\x00\x00\x00\x05I"
"""ReadyForQuery outside a transaction: what was asked is committed."""


class Spotter:
    """Listens to one connection for executions of the statement whose text holds a marker.

    A statement is parsed once under a name and then bound by that name alone.
    """

    def __init__(self, marker: bytes) -> None:
        self._marker = marker
        self._bound: bytes | None = None
        self._asked = False

    def hear_client(self, data: bytes) -> None:
        """What the client sent."""
        at = data.find(self._marker)
        if at >= 0:
            self._bound = self._name_before(data, at)
        if self._bound is not None and self._bound in data[max(0, at) :]:
            self._asked = True

    def is_committed(self, data: bytes) -> bool:
        """Whether this answer says that an execution is over and kept."""
        if not self._asked or not data.endswith(READY):
            return False
        self._asked = False
        return True

    @staticmethod
    def _name_before(data: bytes, at: int) -> bytes | None:
        """How Bind will name the statement whose Parse message holds this place.

        Parse is ``P``, a length, the name and a NUL; Bind has the name between two NULs.
        """
        start = data.rfind(b"P", 0, at)
        while start >= 0:
            length = int.from_bytes(data[start + 1 : start + 5], "big")
            if length <= len(data) - start - 1 and start + 1 + length > at:
                return b"\0" + data[start + 5 : data.index(b"\0", start + 5)] + b"\0"
            start = data.rfind(b"P", 0, start)
        return None
