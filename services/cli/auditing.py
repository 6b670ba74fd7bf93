"""``replay``, ``rebuild``, ``doctor``: whether what is shown is what was recorded."""

import json
from contextlib import closing
from typing import Annotated, Literal
from uuid import UUID, uuid4

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from domain.codes import AccessPurpose, Role
from domain.commands.access import ReplayHistory
from domain.values import Officer
from infra.postgres.directory import DirectoryFollower
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.views.beside import Beside
from infra.serial import decode
from infra.settings import PREFIX, Settings
from services import wiring
from services.casework import Casework
from services.cli.exits import Exit, say
from services.cli.state import DEFAULT, Json, State, settings_of
from services.collector import spare_the_collector
from services.doctor import examine
from services.rebuild import HELPERS, Advance, Rebuild, Rebuilt
from services.replay import differences, facts_on_stream
from services.telling import Told, find_subject, read_until, tell
from services.vaults import open_vault

OPERATOR = "system:operator"

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
            streamed = facts_on_stream(wiring.open_stream(settings), subject)
            wanted = {fact.position for fact in facts}
            streamed = [fact for fact in streamed if fact.position in wanted]
            unlike = differences(facts, streamed)
            if unlike:
                say("\n".join(unlike))
                raise typer.Exit(Exit.MISMATCH)
            facts = streamed
        told = tell(subject, facts, until=until)
        put_on_record(settings, store, told, purpose)
    finally:
        views.close()
        store.close()
    print(told.as_json().decode() if as_json else "\n".join(told.lines()))


def put_on_record(
    settings: Settings, store: PostgresFactStore, told: Told, purpose: AccessPurpose
) -> None:
    """Record the replay before it is shown, by the operator for the office that holds the file."""
    holder = told.events[-1].office
    vault, follower = open_vault(settings), DirectoryFollower(settings.secret("store_dsn"))
    casework = Casework(store, vault, follower.current, settings.clock())
    ask = ReplayHistory(subject=told.subject, at_position=told.position, purpose=purpose)
    key: UUID = uuid4()
    officer = Officer(OPERATOR, holder, Role.AUDITOR)
    try:
        casework.handle(ask, officer, key=key, request=key.bytes, correlation=key.hex)
    finally:
        follower.close()
        vault.close()


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
    findings = examine(state, settings_of(state))
    if as_json:
        print(json.dumps([finding.as_data() for finding in findings], ensure_ascii=False))
    else:
        print("\n".join(finding.line() for finding in findings))
    if any(finding.is_bad for finding in findings):
        raise typer.Exit(Exit.FAILURE)
