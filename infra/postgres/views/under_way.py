"""One batch on its way into the views: two round trips, and other work while each goes on."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

from psycopg.errors import UniqueViolation
from psycopg.generators import send
from psycopg.sql import SQL

from infra.postgres.views.batches import NOTIFY, Batches, Work
from infra.postgres.views.sessions import Sessions
from projections.base import Row
from projections.batch import Concerning, Key, fold_all
from projections.ports import Parked

BEGIN, COMMIT = SQL("BEGIN"), SQL("COMMIT")


class BatchUnderWay:
    """A :class:`projections.ports.Writing`, asked for as it is made.

    Records are new, so nobody looks whether they stand there already: when a key refuses
    one, the whole batch is done again ``carefully``.

    The server works on what is on the line as it comes. It needs no ``Sync`` for that, and
    psycopg's would wait for the answers.
    """

    def __init__(
        self,
        sessions: Sessions,
        batches: Batches,
        lane: int,
        work: Work,
        facts: Concerning,
        keys: Mapping[type[Row], set[Key]],
        parked: Sequence[Parked],
        *,
        carefully: bool = False,
    ) -> None:
        self._sessions = sessions
        self._batches = batches
        self._lane, self._work, self._keys = lane, work, keys
        self._carefully = carefully
        self._facts = facts
        self._parked = parked
        self._written = self._refused = False
        self._connection = sessions.take()
        with sessions.held(self._connection), self._on_the_line() as pipeline:
            self._connection.execute(BEGIN)
            batches.move_progress(self._connection, lane, work)
            self._loading = batches.load(self._connection, keys)
            self._answers = pipeline.pop_all()

    def write(self) -> None:
        """Read the rows asked for, fold, and put the writes and their commit on the line.

        A slow sender hears of a refusal while it still sends: :meth:`settle` sees to it.
        """
        self._refused = not self._taken(self._write)
        self._written = True

    def _write(self) -> None:
        with self._sessions.held(self._connection):
            self._answers.close()
            rows = self._loading.rows()
            fold_all(self._facts, rows)
            with self._on_the_line() as pipeline:
                self._batches.write(self._connection, rows, carefully=self._carefully)
                self._batches.park(self._connection, self._parked)
                self._connection.execute(NOTIFY)
                self._connection.execute(COMMIT)
                # To its last byte: what the server has not got, others would wait for.
                self._connection.wait(send(self._connection.pgconn))
                self._answers = pipeline.pop_all()

    def settle(self) -> None:
        """Read the answers to the writes."""
        if not self._written:
            self.write()
        if self._refused or not self._taken(self._hear):
            self._again().settle()
        else:
            self._sessions.give_back(self._connection)

    def _hear(self) -> None:
        with self._sessions.held(self._connection):
            self._answers.close()

    def _taken(self, step: Callable[[], None]) -> bool:
        """Whether a step went through; False when a key refused a record thought new."""
        try:
            step()
        except UniqueViolation:
            if self._carefully:
                raise
            return False
        return True

    def _again(self) -> "BatchUnderWay":
        """The same once more, from the beginning."""
        return BatchUnderWay(
            self._sessions, self._batches, self._lane, self._work, self._facts, self._keys,
            self._parked, carefully=True,
        )  # fmt: skip

    def _on_the_line(self) -> ExitStack:
        """A pipeline that is left open when the stack is taken out of the block."""
        opened = ExitStack()
        opened.enter_context(self._connection.pipeline())
        return opened
