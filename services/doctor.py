"""What is up, what lags, what is misconfigured, and how to mend it (khám hệ thống)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from domain.days import day_of
from domain.law.editions import UnreadableEdition
from domain.ports import FactStore, StoreUnavailable
from infra.kafka.topics import ensure_topics
from infra.local.kafka.distribution import is_available
from infra.local.state import is_owned, read_status
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.migrate import missing_migrations
from infra.postgres.recorder import UnsafeStore
from infra.postgres.views.unfilled import unfilled
from infra.settings import Settings, SettingsError
from infra.vault.sealing import MasterKey
from projections.ports import ViewsUnavailable
from projections.queries import Views
from services import wiring
from services.doctor_agenda import reminders
from services.doctor_stream import one_stream, skipped_in
from services.findings import Finding, Grade, graded
from services.flow import Flow
from services.machine import FULL, SET_THE_CLOCK, disks, skew_words
from services.migrating import MAKE_ANEW
from services.reconciler.passing import Guard
from services.stack.status import doors_of
from services.vaults import master_key
from services.web.render import Assets
from services.worker_health import LATE, WorkerDown, ask

MOST_PARKED = 5
"""Parked records that are told one by one."""


def examine(state: Path, settings: Settings, guard: Guard) -> Sequence[Finding]:
    """Look at everything; what depends on a part that is down is left out."""
    findings = [*_processes(state), *workers_of(state), *_machine(state, settings)]
    try:
        store = wiring.open_store(settings, pool_size=2)
    except (StoreUnavailable, SettingsError, UnsafeStore) as down:
        return [*findings, Finding(Grade.BAD, "store", str(down), "tiepdan up; tiepdan migrate")]
    try:
        on_stream = [*_kafka(state, settings), *one_stream(settings, guard)]
        in_store = [*_store(settings, store), *reminders(settings)]
        return [*findings, *in_store, *on_stream, *_flow(settings, store)]
    finally:
        store.close()


def _processes(state: Path) -> Iterator[Finding]:
    status = read_status(state)
    if status is None or not is_owned(state):
        yield Finding(Grade.WARN, "stack", f"nothing runs in {state}", "tiepdan up")
        return
    processes = status["processes"]
    for name, one in processes.items() if isinstance(processes, dict) else ():
        grade = Grade.OK if one["health"] == "up" else Grade.BAD
        words = f"{one['health']}, {one['restarts']} restarts"
        yield Finding(grade, name, words, "" if grade is Grade.OK else f"see {one['log']}")


def workers_of(state: Path) -> Iterator[Finding]:
    """What each program says of itself, where a stack of this machine runs."""
    doors = doors_of(read_status(state) or {}) if is_owned(state) else {}
    for name, url in doors.items():
        try:
            found = ask(url)
        except WorkerDown as silent:
            yield Finding(Grade.BAD, name, f"no answer: {silent}", "see its log")
            continue
        grade = Grade.BAD if found.status == "down" else Grade.WARN
        for trouble in found.troubles:
            yield Finding(grade, name, trouble.words, trouble.mend)


def _machine(state: Path, settings: Settings) -> Iterator[Finding]:
    for name, share in disks(state if state.exists() else Path()).items():
        grade = Grade.OK if share < FULL else Grade.WARN
        mend = "" if grade is Grade.OK else "make room: full, it takes nothing more in"
        yield Finding(grade, "disk", f"{share:.0%} used below {name}", mend)
    if settings.stream == "log" and not is_available():
        mend = "install a Java 17 runtime and Maven, then tiepdan up --stream kafka"
        yield Finding(Grade.WARN, "kafka", "none here: following the store's own log", mend)
    yield graded("page assets", lambda: str(len(Assets.load().files)) + " files", "make assets")
    yield graded("vault key", lambda: _key(settings), "set TIEPDAN_VAULT_KEY_FILE")


def _key(settings: Settings) -> str:
    key: MasterKey = master_key(settings)
    return f"id {key.key_id}"


def _store(settings: Settings, store: PostgresFactStore) -> Iterator[Finding]:
    yield Finding(Grade.OK, "store", f"head at position {store.head()}")
    yield from _clock(settings)
    yield from _law(settings)
    if settings.find_secret("admin_dsn") is not None:
        yield graded("migrations", lambda: _migrated(settings), "tiepdan migrate")


def _clock(settings: Settings) -> Iterator[Finding]:
    """This machine's against the database's; each program tells its own at its port."""
    asked = wiring.server_time(settings)
    skew = asked.skew()
    asked.close()
    words = skew_words(skew)
    if words is not None:
        yield Finding(Grade.WARN, "clock", words, SET_THE_CLOCK)
    elif skew is not None:
        yield Finding(Grade.OK, "clock", f"{skew:+.3f} s from the database's")


def _law(settings: Settings) -> Iterator[Finding]:
    """Whether the holidays two months ahead are known."""
    soon = day_of(settings.clock().now() + timedelta(days=60))
    try:
        law = wiring.open_law(settings)
    except (StoreUnavailable, UnreadableEdition) as unread:
        yield Finding(Grade.BAD, "law", str(unread), "tiepdan migrate; install the newest release")
        return
    known = law.current()
    law.close()
    if not known.almanac.calendar.is_announced(soon):
        mend = f"tiepdan calendar suggest {soon.year}, then tiepdan calendar add"
        yield Finding(Grade.WARN, "calendar", f"no holidays known for {soon.year}", mend)


def _migrated(settings: Settings) -> str:
    missing = missing_migrations(settings.secret("admin_dsn"))
    if missing:
        raise SettingsError(f"not applied: {', '.join(missing)}")
    return "all applied"


def _kafka(state: Path, settings: Settings) -> Iterator[Finding]:
    if settings.stream == "kafka":
        mend = "start the broker; topics are made by tiepdan migrate"
        yield graded("kafka", lambda: _topics(state, settings), mend)


def _topics(state: Path, settings: Settings) -> str:
    kafka = wiring.kafka_settings(settings)
    ids = ensure_topics(kafka)
    running = (read_status(state) or {}).get("kafka") if is_owned(state) else None
    client = running.get("client") if isinstance(running, dict) else kafka.library
    return f"{len(ids)} topics as they should be at {kafka.bootstrap}; client {client}"


def _flow(settings: Settings, store: FactStore) -> Iterator[Finding]:
    views = wiring.open_views(settings, pool_size=2)
    try:
        yield from _lags(settings, store, views)
        yield from unfilled_in(settings)
    except (StoreUnavailable, ViewsUnavailable) as down:
        yield Finding(Grade.BAD, "views", str(down), "tiepdan migrate")
    finally:
        views.close()


def _lags(settings: Settings, store: FactStore, views: Views) -> Iterator[Finding]:
    cursor = wiring.relay_cursor(settings) if settings.stream == "kafka" else None
    try:
        flow = Flow(store, views, cursor, settings.clock())
        outbox_age = flow.outbox_age()
    finally:
        if cursor is not None:
            cursor.close()
    yield _late("relay", "oldest unsent fact", outbox_age, "is the relay up? is Kafka?")
    for name, seconds in sorted(flow.lag().items()):
        yield _late(name, "views behind", seconds, "is a projector up?")
    yield from parked_in(views, views.parked_count())
    yield from skipped_in(settings)
    shown = views.freshness().recorded_at
    yield Finding(Grade.OK, "newest fact shown", _when(shown))


def unfilled_in(settings: Settings) -> Iterator[Finding]:
    """What rows folded by an earlier release lack."""
    for words in unfilled(settings.secret("store_dsn")):
        yield Finding(Grade.WARN, "views", words, MAKE_ANEW)


def parked_in(views: Views, count: int) -> Iterator[Finding]:
    """The oldest of ``count`` records set aside, each with its reason."""
    if not count:
        yield Finding(Grade.OK, "parked", "no record is set aside")
        return
    for one in views.parked(limit=MOST_PARKED):
        record = one.record
        words = f"lane {record.lane}, position {record.position}, {record.type_name}: {one.reason}"
        mend = (
            "install the release that reads it or folds it rightly, then "
            f"`tiepdan parked retry {record.stream}` or tiepdan rebuild"
        )
        yield Finding(Grade.WARN, "parked", words, mend)
    if count > MOST_PARKED:
        yield Finding(Grade.WARN, "parked", f"{count} records in all")


def _late(what: str, words: str, seconds: float, mend: str) -> Finding:
    grade = Grade.OK if seconds < LATE else Grade.BAD
    return Finding(grade, what, f"{words} {seconds:.1f} s", "" if grade is Grade.OK else mend)


def _when(moment: datetime | None) -> str:
    return "none yet" if moment is None else moment.isoformat(timespec="seconds")
