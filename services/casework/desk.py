"""What a decision has at hand: one attempt at one command (bàn làm việc)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from domain.access_log import AccessLog
from domain.days import day_of
from domain.directory import Directory
from domain.dossier import Dossier
from domain.errors import Invalid, NotFound, Outdated
from domain.events.base import OfficeEvent
from domain.homes import OfficesOn
from domain.law.calendar import Calendar
from domain.law.law import Law
from domain.register import Register, file_number
from domain.rehoming import Resting
from domain.streams import Book, access_stream, register_stream
from domain.units import Office, Unit
from domain.values import Officer, Signature, TextRef
from services.access import SYSTEM
from services.circles import Streams, circle_of, holders_of, load_dossier
from services.sight import may_see

D = TypeVar("D", bound=Dossier)


class BeforeItsFile(Invalid):
    """Nothing happens to a matter before the act that began its file."""

    code = "before_its_file"
    title = "Thời điểm trước khi lập hồ sơ"


@dataclass(frozen=True, slots=True)
class Expected:
    """The version of a stream that the caller has read."""

    stream: UUID
    version: int

    def must_be(self, current: int) -> None:
        """Refuses: ``Outdated``."""
        if current != self.version:
            raise Outdated(self.version, current)


class Desk:
    """Dossiers loaded when first asked for, the office tree of the act's day, the signature.

    What the dossiers record here is saved together or not at all. ``counters`` are streams
    of which nothing but the version was read: when another save was first, trying again
    changes nothing that was decided.
    """

    def __init__(
        self,
        streams: Streams,
        directory: Directory,
        signature: Signature,
        texts: tuple[TextRef, ...] = (),
        expected: Expected | None = None,
        *,
        law: Callable[[], Law],
    ) -> None:
        self.directory = directory
        self._law = law
        self.signature = signature
        self.texts = texts
        self.on = day_of(signature.occurred_at)
        self.offices = OfficesOn(directory, self.on)
        self.number_given: str | None = None
        self._streams = streams
        self._expected = expected
        self.counters: set[UUID] = set()
        self._open: dict[UUID, Dossier] = {}

    @property
    def officer(self) -> Officer:
        """Who acts."""
        return self.signature.officer

    @property
    def law(self) -> Law:
        """What is known of calendar and rulebook."""
        return self._law()

    @property
    def calendar(self) -> Calendar:
        """The working days of the officer's office."""
        return self.law.calendar_of(self.officer.office, self.signature.unit)

    def begin(self, kind: type[D], stream: UUID) -> D:
        """The file of a stream on which this act is the first; a second one the file refuses.

        Refuses: ``NotFound`` for a stream of another kind, ``Outdated``, :class:`BeforeItsFile`.
        """
        return self._laid_out(kind, stream, self._streams.load(stream))

    def record(self, kind: type[D], stream: UUID) -> D:
        """The record of something public: a unit, an office, a year of the calendar."""
        opened = self._open.get(stream)
        if isinstance(opened, kind):
            return opened
        return self._laid_out(kind, stream, self._streams.load(stream))

    def open(self, kind: type[D], stream: UUID) -> D:
        """The file of a stream, for an office that may know of it.

        Refuses: ``NotFound``, alike for what never was, for another kind and for strangers,
        before anything else is looked at; ``Outdated``, :class:`BeforeItsFile`.
        """
        return self._begun(kind, stream, self._concerns)

    def named(self, kind: type[D], stream: UUID) -> D:
        """A file that the act names and does nothing to.

        Citizens bring the papers of other offices, so it need not concern this one. Refuses:
        ``NotFound`` for what never was, for another kind and for the accused office.
        """
        return self._begun(kind, stream, self._is_shown)

    def _begun(self, kind: type[D], stream: UUID, known: Callable[[Dossier], bool]) -> D:
        opened = self._open.get(stream)
        if isinstance(opened, kind):
            return opened
        facts = self._streams.load(stream)
        if not facts:
            raise unknown(stream)
        return self._laid_out(kind, stream, facts, known)

    def _laid_out(
        self,
        kind: type[D],
        stream: UUID,
        facts: Sequence[OfficeEvent],
        known: Callable[[Dossier], bool] = lambda _: True,
    ) -> D:
        begun = facts[:1]
        if not all(isinstance(first, kind.BEGINS_WITH) for first in begun):
            raise unknown(stream)
        dossier = kind.replay(stream, facts)
        if isinstance(dossier, Resting):
            dossier.seen_on(self.offices)
        if not known(dossier):
            raise unknown(stream)
        if self._expected is not None and self._expected.stream == stream:
            self._expected.must_be(dossier.version)
        for first in begun:
            self._must_follow(first)
        self._open[stream] = dossier
        return dossier

    def _concerns(self, dossier: Dossier) -> bool:
        """Whether the officer may know of it now, as for reading. See :mod:`services.sight`."""
        if not self._is_shown(dossier):
            return False
        if self.officer.role in SYSTEM:  # they move work on, and are shown nothing of it
            return True
        if self.officer.office in holders_of(dossier):
            return True
        today = day_of(self.signature.recorded_at)
        circle = circle_of(dossier, self.directory, today)
        return may_see(self.officer, circle, self.directory, today)

    def _is_shown(self, dossier: Dossier) -> bool:
        return not dossier.is_hidden_from(self.officer.office)

    def _must_follow(self, first: OfficeEvent) -> None:
        if self.signature.occurred_at < min(first.occurred_at, self.signature.recorded_at):
            raise BeforeItsFile(
                f"Hồ sơ được lập ngày {day_of(first.occurred_at):%d/%m/%Y}.",
                pointer="/occurred_at",
                mend="Nhập thời điểm không trước khi lập hồ sơ.",
            )

    def access_log(self, subject: UUID) -> AccessLog:
        """The readings of a subject, open for one more."""
        stream = access_stream(subject)
        log = AccessLog.opened_at(stream, self._streams.last_version(stream))
        self._open[stream] = log
        self.counters.add(stream)
        return log

    def anything(self, stream: UUID) -> tuple[Dossier, Sequence[OfficeEvent]]:
        """Whatever dossier this stream is, with its facts, for reading. Refuses: ``NotFound``."""
        return load_dossier(self._streams, stream)

    def office(self, ref: str, pointer: str) -> Office:
        """An office by id or bare unit code, as of the act's day. Refuses: ``UnknownOffice``."""
        return self.directory.get_office(ref, self.on, pointer=pointer)

    def office_id(self, ref: str | None, pointer: str) -> str | None:
        """The id of an office that may be left out. Refuses: ``UnknownOffice``."""
        return None if ref is None else self.office(ref, pointer).office_id

    def unit(self, ref: str, pointer: str) -> Unit:
        """A unit by id or bare code, as of the act's day. Refuses: ``UnknownUnit``."""
        return self.directory.get_unit(ref, self.on, pointer=pointer)

    def next_number(self, book: Book) -> str:
        """The next file number of the officer's office, of the year of recording."""
        office = self.directory.get_office(self.officer.office, self.on)
        year = day_of(self.signature.recorded_at).year
        stream = register_stream(office.office_id, year, book)
        register = Register.opened_at(stream, self._streams.last_version(stream))
        self._open[stream] = register
        self.counters.add(stream)
        started = self.directory.offices.of(office.office_id)[0].valid_from
        number = register.issue(book, self.signature)
        self.number_given = file_number(office, started, year, book, number)
        return self.number_given

    def facts(self) -> tuple[OfficeEvent, ...]:
        """All that was recorded, dossier by dossier, to be saved together."""
        return tuple(fact for dossier in self._open.values() for fact in dossier.collect_events())


def unknown(stream: UUID) -> NotFound:
    """One answer for all that is not there for the asker, so that none tells what exists."""
    return NotFound(f"Không tìm thấy hồ sơ {stream}.")
