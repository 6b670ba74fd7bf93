"""Something looked at again and again, in a thread of its own (theo dõi)."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from services.beside import Beside


class Watch(Beside):
    """Looks every so many seconds; what fails is tried again at the next look.

    ``look`` is given a question: whether it may go on. ``parts`` are closed at the end.
    """

    def __init__(
        self,
        name: str,
        look: Callable[[Callable[[], bool]], None],
        parts: ExitStack,
        *,
        every: float,
        beat: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(name, parts.close, beat=beat)
        self._look = look
        self._every = every

    def _live(self) -> None:
        while not self._over.is_set():
            self._attempt(lambda: self._look(lambda: not self._over.is_set()))
            self._over.wait(self._every)
