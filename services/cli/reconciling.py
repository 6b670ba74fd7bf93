"""``reconcile``: whether the stream holds what the store holds, and a mend where it does not."""

import json
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Annotated, Any

import typer

from infra.postgres.reconciled import Difference
from services import wiring
from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.cli.watching import watched
from services.reconciler.mend import CannotMend, send_again
from services.reconciler.passing import Advance, Guard, Passed, Reconciliation, Sources
from services.reconciler.program import EVERY

Begin = Annotated[
    int | None, typer.Option("--from", min=0, help="Compare only what follows this position.")
]
Full = Annotated[bool, typer.Option("--full", help="Begin anew instead of where it stopped.")]
Follow = Annotated[bool, typer.Option("--follow", help="Again every minute, until Ctrl-C.")]
Mend = Annotated[
    bool, typer.Option("--mend", help="Have the relay send again from what is missing.")
]


def register(app: typer.Typer) -> None:
    """Add this room's command."""
    app.command()(reconcile)


def reconcile(
    begin: Begin = None,
    full: Full = False,
    follow: Follow = False,
    mend: Mend = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Compare store and stream by position and hash; name the first difference of each lane."""
    if begin is not None and (full or follow or mend):
        raise typer.BadParameter(
            "--from looks once, at a part: neither --full, --follow nor --mend"
        )
    sources = wiring.reconciler_sources(settings_of(state))

    def compare(guard: Guard, stop: threading.Event, *, anew: bool) -> tuple[Passed, int | None]:
        work = Reconciliation(sources, guard=guard, begin=begin, full=anew, tell=_say_advance)
        passed = work.run(stop)
        again = _mended(sources, passed) if mend and passed.finished else None
        _tell(passed, again, as_json=as_json)
        return passed, again

    with closing(sources), watched() as guard, _told_to_stop() as stop:
        passed, again = compare(guard, stop, anew=full)
        while follow and not stop.wait(EVERY):
            passed, again = compare(guard, stop, anew=False)
    raise typer.Exit(_verdict(passed, again))


def _verdict(passed: Passed, again: int | None) -> Exit:
    if not passed.finished:
        return Exit.FAILURE
    return Exit.MISMATCH if passed.differences and again is None else Exit.OK


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Set by SIGTERM or Ctrl-C: what was compared until then is kept."""
    stop = threading.Event()
    kinds = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(kind, lambda _signal, _frame: stop.set()) for kind in kinds]
    try:
        yield stop
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def _mended(sources: Sources, passed: Passed) -> int | None:
    """Where the relay goes on from, if anything had to be sent again."""
    if sources.cursor is None:
        return None
    try:
        return send_again(sources.cursor, sources.rows, passed.lanes)
    except CannotMend as other:
        say(str(other))
        return None


def _tell(passed: Passed, again: int | None, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_data(passed, again)), flush=True)
    else:
        print("\n".join(in_words(passed, again)), flush=True)


def as_data(passed: Passed, again: int | None) -> dict[str, Any]:
    """One object for programs."""
    return {
        "equal": passed.finished and not passed.differences,
        "finished": passed.finished,
        "records": passed.records,
        "seconds": round(passed.seconds, 3),
        "compared": sum(lane.compared for lane in passed.lanes),
        "repeats": sum(lane.repeats for lane in passed.lanes),
        "differences": [_difference(one) for one in passed.differences],
        "sent_again_from": again,
        "lanes": [
            {
                "lane": lane.lane,
                "topic_id": lane.topic_id,
                "position": lane.position,
                "next_offset": lane.next_offset,
                "digest": lane.digest.hex(),
            }
            for lane in passed.lanes
        ],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "lane": one.lane,
        "position": one.position,
        "offset": one.offset,
        "stream": None if one.stream is None else str(one.stream),
        "version": one.version,
    }


def in_words(passed: Passed, again: int | None) -> Sequence[str]:
    """The same for people."""
    compared = sum(lane.compared for lane in passed.lanes)
    repeats = sum(lane.repeats for lane in passed.lanes)
    lines = [
        f"{passed.records} records read in {passed.seconds:.1f} s; "
        f"{compared} facts equal since the beginning, {repeats} came again"
    ]
    lines += [str(difference) for difference in passed.differences]
    if again is not None:
        lines.append(f"the relay sends again from position {again}")
    elif not passed.finished:
        lines.append("interrupted; the next run goes on from here")
    elif not passed.differences:
        lines.append("store and stream are equal")
    return lines


def _say_advance(how_far: Advance) -> None:
    say(f"{how_far.records} of {how_far.of} records, {how_far.rate:.0f}/s")
