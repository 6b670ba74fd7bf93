"""A question to one part of the house: is it well? (hỏi thăm)."""

from collections.abc import Callable
from dataclasses import dataclass


class PartDown(Exception):
    """A probe's part does not answer, or is not what this release needs."""


@dataclass(frozen=True)
class Probe:
    """One part to ask. ``needed``: without it nothing can be taken in.

    ``ask`` returns when the part is well and raises :class:`PartDown` when it is not.
    """

    name: str
    needed: bool
    ask: Callable[[], None]
