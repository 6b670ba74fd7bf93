"""``law show|check|publish``: the rulebooks, for lawyers and operators."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import dropwhile, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from domain.days import day_of
from domain.law.provisions import Provision
from domain.law.reading import Line, line_of
from domain.law.rulebook import Rulebook
from domain.law.wording import says
from domain.ports import FactStore
from infra.clock import SystemClock
from infra.law.reader import BrokenRulebook, Edition, read_files, read_folder
from infra.settings import Settings
from projections.recomputing import Moved
from services import wiring
from services.cli.exits import Exit, say
from services.cli.moving import changing, law_of, tell_moved
from services.cli.state import DEFAULT, Json, State, settings_of
from services.law_answers import name_of
from services.rulebooks import Changes, changes, known_rulebooks, lines_of, publish

PAGE = 50

law = typer.Typer(
    name="law", help="The rulebooks: what the law is known to be.", no_args_is_help=True
)

Rule = Annotated[str | None, typer.Argument(help="A rule or a list; every version of it.")]
At = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="In force on a day.")]
KnownAt = Annotated[
    datetime | None, typer.Option("--known-at", formats=["%Y-%m-%d"], help="As known on a day.")
]
Books = Annotated[
    Path | None, typer.Option("--books", help="A folder of books instead of the stack's.")
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]
After = Annotated[str | None, typer.Option("--after", help="Go on after RULE or LIST/ENTRY.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, publish nothing.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    law.command()(show)
    law.command()(check)
    law.command("publish")(publish_folder)
    app.add_typer(law)


def show(
    rule: Rule = None,
    at: At = None,
    known_at: KnownAt = None,
    limit: Limit = PAGE,
    after: After = None,
    books: Books = None,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """What is in force on a day; of one rule every version, with the one in force marked."""
    book, today = _book(books, state, known_at)
    day = today if at is None else at.date()
    found = book.holding_on(day) if rule is None else book.versions(rule)
    if rule is not None and not found:
        say(f"tiepdan: no rule {rule} in edition {book.edition}; `tiepdan law show` lists them")
        raise typer.Exit(Exit.FAILURE)
    page = _page(found, after, limit) if rule is None else found
    more = name_of(page[-1]) if rule is None and page and page[-1] is not found[-1] else None
    if as_json:
        data = {"edition": book.edition, "at": day.isoformat(), "more": more}
        print(json.dumps({**data, "rules": [_data(one, day) for one in page]}, ensure_ascii=False))
        return
    print("\n".join(_line(one, day, marked=rule is not None) for one in page))
    if more is not None:
        say(f"there is more: --after {more}")


def check(
    files: Annotated[list[Path], typer.Argument(help="Books, or one folder of them.")],
    as_json: Json = False,
) -> None:
    """Whether books are right as a whole; every fault with file, line, key and how to mend it."""
    try:
        edition = read_folder(files[0]) if files[0].is_dir() else read_files(files)
    except BrokenRulebook as broken:
        faults = [
            {"file": f.file, "line": f.line, "rule": f.rule, "key": f.key}
            | {"reason": f.reason, "mend": f.mend}
            for f in broken.faults
        ]
        if as_json:
            print(json.dumps({"ok": False, "faults": faults}, ensure_ascii=False))
        else:
            print(broken)
        raise typer.Exit(Exit.FAILURE) from None
    rules, unread = len(edition.lines), _unverified(edition)
    if as_json:
        print(json.dumps({"ok": True, "versions": rules, "unverified": unread, "faults": []}))
    else:
        print(f"{rules} phiên bản quy định, không có lỗi; {unread} chưa đối chiếu văn bản gốc")


def publish_folder(
    folder: Annotated[Path, typer.Argument(help="A folder of books.")],
    dry_run: DryRun = False,
    state: State = DEFAULT,
    as_json: Json = False,
) -> None:
    """Make a folder of books the newest edition, whole or not at all."""
    edition = read_folder(folder)
    settings = settings_of(state)
    store = wiring.open_store(settings, pool_size=2)
    try:
        made = changes(lines_of(store), edition.lines)
        number, moved = (None, ()) if dry_run else _published(edition, store, settings)
    finally:
        store.close()
    if as_json:
        told = {"edition": number, **_counted(made), "moved": [each.as_data() for each in moved]}
        print(json.dumps(told, ensure_ascii=False))
        return
    print("\n".join(_told(made)) or "Không có gì thay đổi")
    if number is not None:
        say(f"edition {number} published: {len(edition.lines)} versions")
        tell_moved(moved, as_json=False)


def _published(
    edition: Edition, store: FactStore, settings: Settings
) -> tuple[int, Sequence[Moved]]:
    """The edition's number, and the open deadlines that it moved."""
    numbers: list[int] = []

    def change() -> None:
        numbers.append(publish(edition.lines, store, settings.clock()))

    with law_of(settings) as law:
        moved = changing(settings, law, change)
    return numbers[-1], moved


def _book(books: Path | None, state: Path, known_at: datetime | None) -> tuple[Rulebook, date]:
    """The book asked for, and what day it is there."""
    if books is not None:
        if known_at is not None:
            raise typer.BadParameter("a folder has one edition", param_hint="--known-at")
        return read_folder(books).book, day_of(SystemClock().now())
    settings = settings_of(state)
    store = wiring.open_store(settings, pool_size=1)
    try:
        known = known_rulebooks(store)
    finally:
        store.close()
    today = day_of(settings.clock().now())
    return (known if known_at is None else known.known_on(known_at.date())).current, today


def _page(found: Sequence[Provision], after: str | None, limit: int) -> Sequence[Provision]:
    if after is None:
        return found[:limit]
    rest = dropwhile(lambda one: name_of(one) != after, found)
    if next(rest, None) is None:
        raise typer.BadParameter("names no rule in force", param_hint="--after")
    return tuple(islice(rest, limit))


def _line(one: Provision, day: date, *, marked: bool) -> str:
    until = "" if one.valid_until is None else f" đến {one.valid_until:%d/%m/%Y}"
    mark = ("* " if one.holds_on(day) else "  ") if marked else ""
    unread = "" if one.verified else "  [chưa đối chiếu]"
    period = f"từ {one.valid_from:%d/%m/%Y}{until}"
    return f"{mark}{name_of(one)}  {one.term}: {says(one)}. {one.article}. {period}{unread}"


def _data(one: Provision, day: date) -> Mapping[str, Any]:
    return {**line_of(one), "says": says(one), "in_force": one.holds_on(day)}


def _unverified(edition: Edition) -> int:
    return sum(not line["verified"] for line in edition.lines)


def _counted(made: Changes) -> Mapping[str, Any]:
    changed = [{"before": dict(was), "after": dict(now)} for was, now in made.changed]
    return {
        "added": [dict(line) for line in made.added],
        "removed": [dict(line) for line in made.removed],
        "changed": changed,
    }


def _told(made: Changes) -> Iterator[str]:
    for line in made.added:
        yield f"+ {_title(line)}"
    for line in made.removed:
        yield f"- {_title(line)}"
    for was, now in made.changed:
        keys = sorted(key for key in {*was, *now} if was.get(key) != now.get(key))
        told = "; ".join(f"{key}: {was.get(key, '–')} → {now.get(key, '–')}" for key in keys)
        yield f"~ {_title(now)}: {told}"


def _title(line: Line) -> str:
    entry = f"/{line['code']}" if "code" in line else ""
    return f"{line['id']}{entry} từ {line['from']}"
