"""``replay``, ``rebuild``, ``doctor``: whether what is shown is what was recorded."""

import json
from collections.abc import Sequence
from contextlib import closing
from typing import Annotated, Literal
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from domain.codes import AccessPurpose
from domain.days import day_of
from domain.homes import OfficesOn
from domain.ports import StoredFact
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.beside import Beside
from infra.serial import decode
from infra.settings import PREFIX, Settings, SettingsError
from services import wiring
from services.casework import Casework
from services.cli.exits import Exit
from services.cli.state import DEFAULT, Json, State, settings_of
from services.cli.watching import watched
from services.collector import spare_the_collector
from services.doctor import examine
from services.no_vault import NoVault
from services.on_record import put_on_record
from services.rebuild import HELPERS, Advance, Rebuild, Rebuilt
from services.replay import same_on_stream
from services.telling import Told, find_subject, read_until, tell

At = Annotated[str | None, typer.Option("--at", help="A position, or a moment with its zone.")]
Source = Annotated[Literal["store", "kafka"], typer.Option("--from", help="Which record to read.")]
Why = Annotated[AccessPurpose, typer.Option("--purpose", help="Why; it is put on record.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(replay)
    app.command()(rebuild)
    app.command()(doctor)


def replay(
    petition: Annotated[str, typer.Argument(help="Receipt or case number, or any id.")],
    at: At = None,
    source: Source = "store",
    purpose: Why = AccessPurpose.RESPONSIBILITY_CHECK,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Tell a file's history, and its state then. The replay itself is put on record."""
    settings = settings_of(state)
    views, store = wiring.open_views(settings, pool_size=2), wiring.open_store(settings)
    try:
        subject = find_subject(petition, views)
        facts, until = read_until(store, subject, at)
        if source == "kafka":
            facts = from_kafka(settings, subject, facts)
        told = tell(subject, facts, until=until)
        recorded(settings, store, told, purpose)
    finally:
        views.close()
        store.close()
    print(told.as_json().decode() if as_json else "\n".join(told.lines()))


def from_kafka(
    settings: Settings, subject: UUID, stored: Sequence[StoredFact]
) -> Sequence[StoredFact]:
    """The same facts read from the stream. Raises ``SettingsError``, ``StreamBroken``."""
    if settings.stream != "kafka":
        raise SettingsError(
            "--from kafka: this stack has none, its stream is the store's own log; "
            "there is no second record to hold the store against"
        )
    with closing(wiring.open_stream(settings)) as carrier, watched() as guard:
        return same_on_stream(stored, carrier, subject, guard=guard)


def recorded(
    settings: Settings, store: PostgresFactStore, told: Told, purpose: AccessPurpose
) -> None:
    """Put the replay on record, by the office tree of today. It needs no vault: no texts."""
    clock = settings.clock()
    with closing(wiring.open_directory(settings)) as follower:
        casework = Casework(store, NoVault(), follower.current, clock)
        today = OfficesOn(follower.current(), day_of(clock.now()))
        put_on_record(told, purpose, store, casework, today)


def rebuild(
    state: State = DEFAULT,
    resume: Annotated[bool, typer.Option(help="Keep what an interrupted run finished.")] = False,
    rollback: Annotated[bool, typer.Option(help="Put back the views of before the last.")] = False,
    as_json: Json = False,
) -> None:
    """Make every view anew from the store beside the live ones, compare, and swap."""
    if rollback:
        roll_back(settings_of(state))
        return
    made = rebuilt(settings_of(state), resume=resume)
    if as_json:
        found = {"facts": made.facts, "seconds": made.seconds, "equal": made.equal}
        print(json.dumps({**found, "before": made.before, "after": made.after}))
    else:
        print("\n".join(in_words(made)))
    if not made.equal:
        raise typer.Exit(Exit.MISMATCH)


def roll_back(settings: Settings) -> None:
    """The views from before the last rebuild; the projectors take them up to date."""
    with Beside.at(settings.secret("projector_dsn")) as beside:
        beside.roll_back()


def rebuilt(settings: Settings, *, resume: bool = False) -> Rebuilt:
    """One rebuild with its bar on stderr."""
    spare_the_collector()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with (
        closing(wiring.open_store(settings, pool_size=3)) as store,
        Beside.at(settings.secret("projector_dsn")) as beside,
        closing(wiring.open_view_store(settings, beside=True)) as fresh,
        closing(wiring.open_law(settings)) as law,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        task = bar.add_task("views", total=1.0)

        def tell_bar(how_far: Advance) -> None:
            words = f"{how_far.facts} facts, {how_far.rate:.0f}/s"
            bar.update(task, completed=how_far.share, description=words)

        helpers = [helper_env(settings)] * HELPERS
        folding = wiring.projections(law.current)
        work = Rebuild(store, beside, fresh, folding, decode, tell_bar, helpers=helpers)
        return work.run(resume=resume)


def helper_env(settings: Settings) -> dict[str, str]:
    """What a process that helps with a rebuild is told."""
    return {
        f"{PREFIX}STORE_DSN": settings.secret("store_dsn"),
        f"{PREFIX}PROJECTOR_DSN": settings.secret("projector_dsn"),
    }


def in_words(made: Rebuilt) -> list[str]:
    """The digests before and after, table by table."""
    lines = [f"{made.facts} facts in {made.seconds:.1f} s"]
    for table, after in sorted(made.after.items()):
        before = made.before.get(table, "-")
        lines.append(f"{'equal' if before == after else 'DIFFERS':>8}  {table:<16} {after[:16]}")
    return lines


def doctor(state: State = DEFAULT, as_json: Json = False) -> None:
    """Say what is up, what lags by how much, what is wrong, and how to mend it."""
    with watched() as guard:
        findings = examine(state, settings_of(state), guard)
    if as_json:
        print(json.dumps([finding.as_data() for finding in findings], ensure_ascii=False))
    else:
        print("\n".join(finding.line() for finding in findings))
    if any(finding.is_bad for finding in findings):
        raise typer.Exit(Exit.FAILURE)
