"""Recording a reform: in batches, stopped and resumed at will, never doubled (ghi phương án).

The steps are cut into the same batches whenever the reform is run, so two runs at once and a
run after an interruption meet the receipts of what is recorded. The first batch's receipt is
the day's own: no other reform of that day can begin.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.directory import Directory
from domain.errors import Conflict
from domain.ports import Clock, FactStore, Receipt
from domain.reform_steps import Step
from services.reform.order import ReformOrder
from services.units.recording import (
    BATCH,
    Progress,
    answer,
    append,
    content_of,
    facts_of,
    key_of,
)

BOOK: Final = "reform"
GO_ON: Final = "Chạy lại với --resume để ghi tiếp phần còn lại."


class OtherReform(Conflict):
    """Another reform of that day was begun: other lists, or another basis."""

    code = "other_reform"
    title = "Ngày này đã có phương án khác"


class HalfRecorded(Conflict):
    """The reform was interrupted; going on must be asked for."""

    code = "half_recorded"
    title = "Phương án mới ghi được một phần"


@dataclass(frozen=True, slots=True)
class ReformSummary:
    """What a run did (kết quả ghi). Not ``finished``: it was stopped, the rest waits."""

    recorded: int
    known: int
    batches: int
    finished: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Steps that are saved together, and the key of their receipt."""

    steps: Sequence[Step]
    key: UUID
    asked: bytes

    def left(self, store: FactStore, directory: Directory) -> Sequence[Step]:
        """What of it is not recorded."""
        if store.find_receipt(self.key) is not None:
            return ()
        return [step for step in self.steps if not step.is_recorded(directory)]


def never() -> bool:
    """Nobody asks to stop."""
    return False


def record_reform(
    order: ReformOrder,
    store: FactStore,
    directory: Directory,
    clock: Clock,
    progress: Progress,
    *,
    resume: bool = False,
    stopped: Callable[[], bool] = never,
    batch_size: int = BATCH,
) -> ReformSummary:
    """Record what is not recorded yet. ``stopped`` is asked after each batch.

    Refuses, with nothing recorded: ``ReformContradicts``, :class:`OtherReform`,
    :class:`HalfRecorded`. Raises ``StoreUnavailable``; run it again to go on.
    """
    _, steps = order.planned(directory)
    _must_be_the_one_begun(order, store)
    batches = tuple(_batches(order, steps, batch_size))
    left = [(batch, batch.left(store, directory)) for batch in batches]
    todo = [(batch, steps) for batch, steps in left if steps]
    if todo and not resume and _begun(order, store) is not None:
        raise HalfRecorded(
            f"Phương án ngày {order.on:%d/%m/%Y} đã ghi {len(batches) - len(todo)} trên "
            f"{len(batches)} lô.",
            mend=GO_ON,
        )
    known = len(steps) - sum(len(rest) for _, rest in todo)
    done = made = 0
    for batch, rest in todo:
        if made and stopped():
            break
        _save(order, batch, rest, store, clock)
        done, made = done + len(rest), made + 1
        progress(known + done, len(steps))
    return ReformSummary(done, known, made, finished=made == len(todo))


def is_begun(on: date, store: FactStore) -> bool:
    """Whether anything of a reform of that day is recorded."""
    return store.find_receipt(key_of(BOOK, f"{on:%Y%m%d}")) is not None


def _begun(order: ReformOrder, store: FactStore) -> Receipt | None:
    return store.find_receipt(key_of(BOOK, f"{order.on:%Y%m%d}"))


def _must_be_the_one_begun(order: ReformOrder, store: FactStore) -> None:
    begun = _begun(order, store)
    if begun is not None and begun.request != order.digest:
        raise OtherReform(
            f"Phương án ngày {order.on:%d/%m/%Y} đã được ghi từ danh sách khác.",
            mend="Dùng đúng các tệp đã ghi; chỗ sai thì đính chính từng đơn vị.",
        )


def _batches(order: ReformOrder, steps: Sequence[Step], size: int) -> Iterator[Batch]:
    """The first one bears the day's key, so that only one reform of a day is ever begun."""
    day, first = f"{order.on:%Y%m%d}", True
    for begin in range(0, len(steps), size):
        cut = steps[begin : begin + size]
        said = content_of(cut)
        key = key_of(BOOK, day if first else f"{day}/{order.digest.hex()}/{said.hex()}")
        yield Batch(cut, key, order.digest if first else said)
        first = False


def _save(
    order: ReformOrder, batch: Batch, steps: Sequence[Step], store: FactStore, clock: Clock
) -> None:
    facts = facts_of(steps, store, f"units-reform-{order.on:%Y%m%d}", clock.now())
    receipt = Receipt(batch.key, batch.asked, answer(len(facts), f"{BOOK} {order.on:%Y-%m-%d}"))
    append(store, facts, receipt, what="ghi phương án")
