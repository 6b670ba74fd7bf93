"""What happens to one petition or one crowd, act by act (kịch bản).

A script yields an :class:`Act` and is sent the :class:`Done` of its receipt.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from domain.codes import Role
from domain.directory import Office

FIELDS = ("land", "compensation", "environment", "construction", "agriculture")


@dataclass(frozen=True)
class Act:
    """One POST by an office. ``version`` is what If-Match says, None for a new thing.

    ``also`` counts the facts the act records on other streams than its own.
    """

    office: str
    role: Role
    path: str
    body: dict[str, Any]
    version: int | None = None
    also: int = 0


@dataclass(frozen=True)
class Done:
    """What the receipt said: the thing's id and its version now."""

    id: str
    version: int


Script = Generator[Act, Done, None]


@dataclass
class Country:
    """The offices that take part and the day it is there."""

    offices: Sequence[Office]
    today: str

    def other(self, office: Office, rng: Random) -> Office:
        """Another of the offices."""
        return rng.choice([one for one in self.offices if one.office_id != office.office_id])


def received(office: Office, rng: Random) -> Generator[Act, Done, Done]:
    """Received and classified at the desk."""
    subject = rng.choice(FIELDS)
    kind = rng.choice(("complaint", "proposal", "feedback"))
    texts = {"name": "Nguyễn Thị Thử (mẫu)", "summary": "Nội dung thử tải (mẫu)."}
    body = {"kind": kind, "channel": "counter", "field": subject, "place": office.unit}
    petition = yield Act(
        office.office_id, Role.CLERK, "/petitions", {**body, "texts": texts}, also=1
    )
    sorted_as = {"kind": kind, "field": subject, "competent_office": office.office_id}
    return (
        yield Act(
            office.office_id,
            Role.CLERK,
            f"/petitions/{petition.id}/classification",
            sorted_as,
            petition.version,
        )
    )


def settled(office: Office, petition: Done, country: Country) -> Script:
    """Taken up, decided, closed."""
    who, head = office.office_id, Role.LEADER
    case = yield Act(who, head, "/cases", {"petition_id": petition.id}, also=3)
    decision = {"outcome": "answered", "decided_on": country.today}
    case = yield Act(who, head, f"/cases/{case.id}/decision", decision, case.version)
    closure = {"reason": "answered", "notice": "written", "noticed_on": country.today}
    yield Act(who, head, f"/cases/{case.id}/closure", closure, case.version, also=1)


def plain(office: Office, country: Country, rng: Random) -> Script:
    """Received and settled where it came in."""
    petition = yield from received(office, rng)
    yield from settled(office, petition, country)


def passed_on(office: Office, country: Country, rng: Random) -> Script:
    """Transferred; the other office accepts and settles it."""
    petition = yield from received(office, rng)
    other = country.other(office, rng)
    petition = yield transfer(office, other, petition)
    petition = yield Act(
        other.office_id, Role.CLERK, f"/petitions/{petition.id}/acceptance", {}, petition.version
    )
    yield from settled(other, petition, country)


def bounced(office: Office, country: Country, rng: Random) -> Script:
    """Transferred, given back, then guided by the sender."""
    petition = yield from received(office, rng)
    other = country.other(office, rng)
    petition = yield transfer(office, other, petition)
    back = {"ground": "not_competent"}
    petition = yield Act(
        other.office_id, Role.CLERK, f"/petitions/{petition.id}/return", back, petition.version
    )
    yield Act(
        office.office_id,
        Role.CLERK,
        f"/petitions/{petition.id}/guidance",
        {"guidance": "court"},
        petition.version,
    )


def recalled(office: Office, country: Country, rng: Random) -> Script:
    """Transferred by mistake and taken back."""
    petition = yield from received(office, rng)
    petition = yield transfer(office, country.other(office, rng), petition)
    yield Act(
        office.office_id, Role.CLERK, f"/petitions/{petition.id}/recall", {}, petition.version
    )


def crowd(office: Office, _country: Country, rng: Random) -> Script:
    """A crowd at the commune: reported, counted again, received by its chair, gone."""
    low = rng.randint(5, 30)
    body = {
        "place": office.unit,
        "site": "commune_office",
        "home": office.unit,
        "count": {"low": low, "high": low + 5},
        "issue": rng.choice(FIELDS),
        "texts": {"issue": "Đoàn thử tải (mẫu)."},
    }
    who = office.office_id
    seen = yield Act(who, Role.CLERK, "/gatherings", body)
    recount = {"count": {"low": low + 1, "high": low + 8}}
    seen = yield Act(who, Role.CLERK, f"/gatherings/{seen.id}/counts", recount, seen.version)
    met = {"in_person": True, "representatives": 2}
    seen = yield Act(who, Role.LEADER, f"/gatherings/{seen.id}/reception", met, seen.version)
    yield Act(who, Role.CLERK, f"/gatherings/{seen.id}/dispersal", {}, seen.version)


def transfer(office: Office, to: Office, petition: Done) -> Act:
    """The offer of a petition to another office."""
    body = {"to_office": to.office_id, "ground": "other_territory", "papers": 2}
    return Act(
        office.office_id, Role.CLERK, f"/petitions/{petition.id}/transfers", body, petition.version
    )


Play = Callable[[Office, Country, Random], Script]
REPERTOIRE: Sequence[tuple[int, Play]] = (
    (45, plain), (25, passed_on), (12, bounced), (8, recalled), (10, crowd),
)  # fmt: skip
"""How often each is played, in percent."""


def play(office: Office, country: Country, rng: Random) -> Script:
    """One of the repertoire, by its share."""
    plays = [one for _, one in REPERTOIRE]
    (chosen,) = rng.choices(plays, weights=[share for share, _ in REPERTOIRE])
    return chosen(office, country, rng)
