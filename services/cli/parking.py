"""``parked list|show|retry|skip|skipped``: records no projection could fold."""

import contextlib
import getpass
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import typer

from infra.postgres.views.parking import FIRST, Parking, SetAside, Skipped, Spot
from infra.serial import decode
from infra.settings import Settings
from services import wiring
from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.parked import NothingParked, StillParked, retry, skip
from services.projector.lanes import Desk

PAGE = 50
MOST_SHOWN = 100
LONGEST_REASON = 500

parked = typer.Typer(
    name="parked",
    help="Records no projection could fold, and what waits behind them.",
    no_args_is_help=True,
)

Stream = Annotated[UUID, typer.Argument(help="The stream, as `parked list` names it.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]
After = Annotated[
    str | None, typer.Option("--after", help="Go on after LANE:POSITION:OFFSET of the page before.")
]
Reason = Annotated[
    str, typer.Option("--reason", help="Why; kept for ever. No names, no case text.")
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.add_typer(parked)


@parked.command("list")
def list_parked(
    limit: Limit = PAGE, after: After = None, state: State = DEFAULT, as_json: Json = False
) -> None:
    """What is set aside, by lane and position."""
    with _parking(settings_of(state)) as parking:
        found = parking.page(after=_spot(after), limit=limit)
    _tell([_data(one) for one in found], [_line(one) for one in found], limit, as_json=as_json)


@parked.command("skipped")
def list_skipped(
    limit: Limit = PAGE, after: After = None, state: State = DEFAULT, as_json: Json = False
) -> None:
    """What the views go on without: which record, why, who said so, when."""
    with _parking(settings_of(state)) as parking:
        found = parking.skipped(after=_spot(after), limit=limit)
    lines = [_skipped_line(one) for one in found]
    _tell([_data(one) for one in found], lines, limit, as_json=as_json)


@parked.command()
def show(stream: Stream, state: State = DEFAULT, as_json: Json = False) -> None:
    """What waits of one stream: the first record is the one to mend."""
    with _parking(settings_of(state)) as parking:
        found = parking.of_stream(stream, limit=MOST_SHOWN)
    if not found:
        say(f"tiepdan: nothing of stream {stream} is set aside")
        raise typer.Exit(Exit.FAILURE)
    lines = [line for one in found for line in _lines(one)]
    _tell([_data(one) for one in found], lines, MOST_SHOWN, as_json=as_json)


@parked.command("retry")
def retry_stream(stream: Stream, state: State = DEFAULT, as_json: Json = False) -> None:
    """Fold what waits of a stream, once a release reads it or a projection was mended."""
    settings = settings_of(state)
    with _parking(settings) as parking, _desk(settings) as desk, _telling():
        folded = retry(stream, desk, parking)
    print(json.dumps({"folded": folded}) if as_json else f"{folded} records folded")


@parked.command("skip")
def skip_record(
    stream: Stream, reason: Reason, state: State = DEFAULT, as_json: Json = False
) -> None:
    """Let the views go on without a stream's first record. It is put on record for ever."""
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise typer.BadParameter(
            f"a reason of 1 to {LONGEST_REASON} letters", param_hint="--reason"
        )
    settings, by = settings_of(state), f"operator:{getpass.getuser()}"
    with _parking(settings) as parking, _desk(settings) as desk, _telling():
        went = skip(stream, desk, parking, reason=why, by=by)
    told = {
        "skipped": [_data(one) for one in went.skipped],
        "folded": went.folded,
        "still_parked": went.still,
    }
    words = [f"skipped: {_line(one)}" for one in went.skipped]
    words.append(f"{went.folded} records behind it folded")
    print(json.dumps(told, default=str) if as_json else "\n".join(words))
    if went.still is not None:
        say(f"tiepdan: the next one of the stream is still set aside: {went.still}")
        raise typer.Exit(Exit.FAILURE)


@contextlib.contextmanager
def _parking(settings: Settings) -> Iterator[Parking]:
    opened = wiring.open_parking(settings)
    try:
        yield opened
    finally:
        opened.close()


@contextlib.contextmanager
def _desk(settings: Settings) -> Iterator[Desk]:
    views, law = wiring.open_view_store(settings), wiring.open_law(settings)
    try:
        yield Desk(wiring.projections(law.current), views, decode)
    finally:
        law.close()
        views.close()


@contextlib.contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (NothingParked, StillParked) as reason:
        say(f"tiepdan: {reason}")
        raise typer.Exit(Exit.FAILURE) from reason


def _spot(after: str | None) -> Spot:
    if after is None:
        return FIRST
    try:
        lane, position, offset = map(int, after.split(":"))
    except ValueError:
        raise typer.BadParameter("LANE:POSITION:OFFSET", param_hint="--after") from None
    return Spot(lane, position, offset)


def _tell(
    data: Sequence[dict[str, Any]], lines: Sequence[str], limit: int, *, as_json: bool
) -> None:
    more = data[-1]["at"] if len(data) == limit else None
    if as_json:
        print(json.dumps({"records": data, "next": more}, default=str, ensure_ascii=False))
        return
    print("\n".join(lines) if lines else "none")
    if more is not None:
        say(f"there may be more: --after {more}")


def _data(one: SetAside | Skipped) -> dict[str, Any]:
    told = asdict(one)
    del told["spot"]
    lane, position, offset = one.spot
    return {
        "at": f"{lane}:{position}:{offset}", "lane": lane, "position": position, "offset": offset
    } | told  # fmt: skip


def _line(one: SetAside) -> str:
    lane, position, _ = one.spot
    return (
        f"lane {lane}, position {position}, {one.type_name}, stream {one.stream}, "
        f"tried {one.tried}: {one.reason}"
    )


def _lines(one: SetAside) -> Sequence[str]:
    lane, position, offset = one.spot
    return [
        f"lane {lane}, position {position}, offset {offset}, {one.type_name}, {one.size} bytes",
        f"    {one.reason}",
        f"    tried {one.tried}, last {one.tried_at:%Y-%m-%d %H:%M:%S%z}; "
        f"not folded by {', '.join(one.unfolded_by) or 'any projection'}",
    ]


def _skipped_line(one: Skipped) -> str:
    lane, position, _ = one.spot
    return (
        f"lane {lane}, position {position}, {one.type_name}, stream {one.stream}: {one.reason} "
        f"({one.skipped_by}, {one.skipped_at:%Y-%m-%d %H:%M:%S%z}; was: {one.fault})"
    )
