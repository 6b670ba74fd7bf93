"""Canaries planted in every text a citizen or an officer can write, along one whole story.

Each is a word of its own that stands nowhere else, so a leak names its field.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from domain.codes import Role
from services.demo.offices import committee, office_id
from tests.doors import Door, Receipt
from tests.stack import Stack

COMMUNE, NEIGHBOUR, DISTRICT, PROVINCE = "07486", "07522", "218", "24"
HOME, ABOVE = committee(COMMUNE), committee(DISTRICT)
BOARD = office_id("tcd", PROVINCE)


def drawn() -> str:
    """A new canary: short enough for an identity number, long enough to be nobody else's."""
    return f"cy{secrets.token_hex(8)}"


@dataclass
class Planted:
    """The canaries by where they were written, and everything that anybody was answered."""

    canaries: dict[str, str] = field(default_factory=dict)
    answers: list[tuple[str, str]] = field(default_factory=list)
    control: str = field(default_factory=lambda: f"handler.{drawn()}")
    trace: str = field(default_factory=lambda: secrets.token_hex(16))

    def texts(self, act: str, *fields: str) -> dict[str, str]:
        """The texts of an act, a canary in each."""
        return {name: self.canary(f"{act}.{name}") for name in fields}

    def canary(self, where: str) -> str:
        """A canary for one place."""
        return self.canaries.setdefault(where, drawn())

    def heard(self, what: str, answer: httpx.Response) -> httpx.Response:
        """Keep what was answered, headers too."""
        self.answers.append((what, f"{answer.headers!r}\n{answer.text}"))
        return answer


@dataclass(frozen=True)
class Story:
    """Acts of several offices, every answer kept."""

    planted: Planted
    doors: Mapping[str, Door]

    def act(self, who: str, path: str, body: dict[str, Any], on: Receipt | None = None) -> Receipt:
        """An act that must be recorded."""
        answer = self.planted.heard(path, self.doors[who].send(path, body, on=on))
        assert answer.is_success, answer.text
        return Receipt.of(answer)


def tell(story: Story) -> Mapping[str, Receipt]:
    """The whole story; the receipts of what it made."""
    petition = bounced(story, received(story))
    case = settled(story, petition)
    crowd = gathered(story)
    return {"petition": petition, "case": case, "gathering": crowd, "guided": guided(story)}


def received(story: Story) -> Receipt:
    """At the commune's desk, with everything a citizen can say of himself."""
    texts = story.planted.texts(
        "receive", "name", "address", "id_number", "phone", "summary", "place_detail"
    )
    body = {"kind": "complaint", "channel": "counter", "field": "land", "place": COMMUNE}
    return story.act("desk", "/petitions", {**body, "texts": texts})


def guided(story: Story) -> Receipt:
    """Another one, guided elsewhere with a note."""
    petition = received(story)
    body = {"guidance": "court", "texts": story.planted.texts("guide", "note")}
    return story.act("desk", f"/petitions/{petition.id}/guidance", body, petition)


def bounced(story: Story, petition: Receipt) -> Receipt:
    """Offered and given back twice, decided by the district for the sender."""
    at, planted = f"/petitions/{petition.id}", story.planted
    offer = {"to_office": committee(NEIGHBOUR), "ground": "other_territory"}
    for turn in ("first", "second"):
        note = planted.texts(f"transfer.{turn}", "note")
        petition = story.act("desk", f"{at}/transfers", {**offer, "texts": note}, petition)
        why = {"ground": "not_competent", "texts": planted.texts(f"return.{turn}", "note")}
        petition = story.act("neighbour", f"{at}/return", why, petition)
    decision = {"to_office": HOME, "texts": planted.texts("competence", "note")}
    return story.act("chair", f"{at}/competence-decision", decision, petition)


def settled(story: Story, petition: Receipt) -> Receipt:
    """A case: reported, escalated, directed, decided."""
    planted = story.planted
    case = story.act("head", "/cases", {"petition_id": petition.id})
    at = f"/cases/{case.id}"
    case = story.act("head", f"{at}/handler", {"handler": planted.control}, case)
    for who, step, body in (
        ("head", "reports", {"texts": planted.texts("report", "summary", "proposal")}),
        ("head", "escalations", {"ground": "heated", "texts": planted.texts("raise", "summary")}),
        ("chair", "directions", {"due": "2026-05-30",
                                 "texts": planted.texts("direct", "instruction")}),
        ("head", "decision", {"outcome": "wrong", "decided_on": "2025-05-14",
                              "texts": planted.texts("decide", "summary")}),
    ):  # fmt: skip
        case = story.act(who, f"{at}/{step}", body, case)
    return case


def gathered(story: Story) -> Receipt:
    """A crowd at the province's office, received by the head of its board."""
    planted = story.planted
    crowd = story.act(
        "board",
        "/gatherings",
        {
            "place": PROVINCE,
            "site": "province_office",
            "home": COMMUNE,
            "count": {"low": 12, "high": 20},
            "issue": "land",
            "texts": planted.texts("crowd", "issue", "place_detail"),
        },
    )
    met = {"in_person": True, "representatives": 2, "texts": planted.texts("meet", "result")}
    return story.act("board head", f"/gatherings/{crowd.id}/reception", met, crowd)


@contextmanager
def story_of(stack: Stack, planted: Planted) -> Iterator[Story]:
    """The offices of the story, their requests under one trace."""
    people = {
        "desk": (HOME, Role.CLERK),
        "head": (HOME, Role.LEADER),
        "neighbour": (committee(NEIGHBOUR), Role.CLERK),
        "chair": (ABOVE, Role.LEADER),
        "board": (BOARD, Role.CLERK),
        "board head": (BOARD, Role.OFFICE_HEAD),
        "province": (committee(PROVINCE), Role.LEADER),
    }
    with ExitStack() as open_doors:
        doors = {
            who: open_doors.enter_context(stack.door(office, role))
            for who, (office, role) in people.items()
        }
        for door in doors.values():
            door.http.headers["traceparent"] = f"00-{planted.trace}-{uuid4().hex[:16]}-01"
        yield Story(planted, doors)
