"""One call of the casework: what is asked, by whom, and how to know it again."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from domain.bounds import FIRST_DAY, DayOutOfReach
from domain.codes import PetitionKind
from domain.commands.base import Command
from domain.commands.petition import IDENTITY_FIELDS, ReceivePetition
from domain.days import VIETNAM, day_of
from domain.directory import Directory
from domain.errors import Invalid
from domain.ports import ToSeal, Wanted
from domain.streams import register_stream
from domain.values import Officer, Signature
from services import access
from services.casework import texts
from services.casework.desk import Expected
from services.casework.handlers import HANDLERS
from services.casework.handlers.row import Row

CLOCK_SKEW: Final = timedelta(minutes=2)
"""By how much a caller's clock may be ahead."""

BEGINNING: Final = datetime.combine(FIRST_DAY, time(), VIETNAM)
"""No act was done before it."""


class NotYetHappened(Invalid):
    """A fact is about what has happened."""

    code = "not_yet_happened"
    title = "Thời điểm chưa đến"


@dataclass(frozen=True, slots=True)
class Call:
    """What :meth:`Casework.handle` is asked, and the row of its command."""

    command: Command
    by: Officer
    key: UUID
    request: bytes
    correlation: str
    occurred_at: datetime | None = None
    expected_version: int | None = None
    traceparent: str | None = None
    causation: str | None = None

    @property
    def row(self) -> Row:
        """How its command is handled."""
        return HANDLERS[type(self.command)]

    @property
    def subject(self) -> UUID:
        """The stream the answer speaks of."""
        return self.row.subject(self.command)

    @property
    def expected(self) -> Expected | None:
        """What the caller has read, if it said so."""
        if self.expected_version is None:
            return None
        return Expected(self.row.expected_of(self.command), self.expected_version)

    def signed(self, directory: Directory, now: datetime) -> Signature:
        """Who, where and when. Those who keep the house need no office: they come first.

        Refuses: :class:`NotYetHappened`, ``DayOutOfReach``, ``UnknownOffice``.
        """
        happened = self._happened(now)
        on = day_of(happened)
        office = directory.find_office(self.by.office, on)
        if office is None and self.by.role not in access.SYSTEM:
            office = directory.get_office(self.by.office, on)
        name, unit = (self.by.office, "") if office is None else (office.office_id, office.unit)
        officer = Officer(self.by.account, name, self.by.role)
        return Signature(officer, unit, happened, now, self.correlation, self.causation)

    def _happened(self, now: datetime) -> datetime:
        """When it was done, in UTC: first compared, for not every moment has a time there."""
        said = self.occurred_at
        if said is None:
            return now
        if said > now + CLOCK_SKEW:
            raise NotYetHappened(
                "Thời điểm thực hiện sau giờ của hệ thống.", pointer="/occurred_at"
            )
        if said < BEGINNING:
            raise DayOutOfReach(
                f"Thời điểm thực hiện trước ngày {FIRST_DAY:%d/%m/%Y}.",
                pointer="/occurred_at",
                mend="Kiểm tra lại năm đã nhập.",
            )
        return min(said.astimezone(UTC), now)

    def sealing(self) -> Iterator[ToSeal]:
        """The texts to seal before any fact names them; a denouncer's identity apart.

        Refuses what :func:`services.casework.texts.checked` refuses.
        """
        if not self.command.texts:
            return
        written = texts.checked(self.command)
        apart = IDENTITY_FIELDS if self._protects_identity else frozenset()
        for sealed in (True, False):
            some = {field: text for field, text in written.items() if (field in apart) is sealed}
            if some:
                yield ToSeal(self.subject, some, sealed)

    @property
    def _protects_identity(self) -> bool:
        """Whether it takes in a denunciation, whose sender's identity is sealed apart."""
        match self.command:
            case ReceivePetition(kind=PetitionKind.DENUNCIATION):
                return True
        return False

    def likely_wanted(self, directory: Directory, today: date) -> Wanted:
        """Its receipt, and what its decision will most likely ask for.

        A guess: what is missing is fetched when the decision asks, what is too much costs
        a look at an index.
        """
        named = {self.row.expected_of(self.command), *_named(self.command)}
        counters = set()
        if self.row.counts_only:
            counters.add(self.subject)
        else:
            named.add(self.subject)
        office = directory.find_office(self.by.office, today) if self.row.book else None
        if office is not None and self.row.book is not None:
            counters.add(register_stream(office.office_id, today.year, self.row.book))
        return Wanted((self.key,), named - counters, counters)


def _named(command: Command) -> Iterator[UUID]:
    """The ids a command names: mostly those of its dossiers."""
    values = (getattr(command, name) for name in _FIELDS[type(command)])
    return (value for value in values if isinstance(value, UUID))


_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in HANDLERS}
