"""Where each petition must lie after the reform, worked out from the lists by hand.

Knows nothing of the directory: two lists and the pairs, as a clerk with a pencil would do it.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

from domain.case import Case
from domain.petition import Petition
from domain.ports import FactStore
from infra.units import Edition, succession_file, unit_list_file
from tests.rehoming.filling import Open

OLD, NEW = "20250101", "20250701"


class Pencil:
    """The old units and where their People's Committees' work goes."""

    def __init__(self) -> None:
        self.old = {row["code"]: row for row in _rows(unit_list_file(Edition.THREE_TIER))}
        self.new = {row["code"]: row for row in _rows(unit_list_file(Edition.TWO_TIER))}
        self.pairs: Mapping[str, list[dict[str, str]]] = defaultdict(list)
        self.into: Mapping[str, list[str]] = defaultdict(list)
        for row in _rows(succession_file()):
            self.pairs[row["predecessor_code"]].append(row)
            self.into[row["successor_code"]].append(row["predecessor_code"])

    def goes_on(self, code: str) -> bool:
        """The same code, level and bare name, and nobody else went there."""
        old, new = self.old[code], self.new.get(code)
        if new is None or new["level"] != old["level"]:
            return False
        alone = self.into[code] == [code] and self.pairs[code][0]["relation"] == "whole"
        return alone and _bare(old["full_name"]) == _bare(new["full_name"])

    def home(self, office: str) -> str:
        """Where the work of an old committee lies now."""
        code = office.split("-")[1]
        if self.goes_on(code):
            return office
        pairs = self.pairs[code]
        if len(pairs) == 1 and (pairs[0]["relation"], pairs[0]["match"]) == ("whole", "exact"):
            return self._committee(pairs[0]["successor_code"])
        return self._above(code)

    def _above(self, code: str) -> str:
        """The nearest superior that has one heir alone, a guess too."""
        parent = self.old[code]["parent_code"]
        while parent:
            if self.goes_on(parent):
                return f"ubnd-{parent}-{OLD}"
            heirs = {row["successor_code"] for row in self.pairs[parent]}
            if len(heirs) == 1:
                return self._committee(heirs.pop())
            parent = self.old[parent]["parent_code"]
        raise LookupError(code)

    def _committee(self, code: str) -> str:
        kept = code in self.old and self.goes_on(code)
        return f"ubnd-{code}-{OLD if kept else NEW}"


def wrong(pencil: Pencil, store: FactStore, petitions: Iterable[Open]) -> list[UUID]:
    """The petitions that lie elsewhere than the pencil says, or moved more than once."""
    return [each.stream for each in petitions if not _lies_right(pencil, store, each)]


def _lies_right(pencil: Pencil, store: FactStore, told: Open) -> bool:
    facts = store.load(told.stream)
    petition = Petition.replay(told.stream, facts)
    holder = pencil.home(told.holder)
    receiver = None if told.receiver is None else pencil.home(told.receiver)
    offered = None if receiver == holder else receiver
    waits_at = None if petition.offer is None else petition.offer.to_office
    moved = [vars(fact)["seats"] for fact in facts if fact.TOPIC == "petition.rehomed"]
    if len(set(moved)) != len(moved) or (petition.in_charge, waits_at) != (holder, offered):
        return False
    if told.case is None:
        return True
    return Case.replay(told.case, store.load(told.case)).handling == holder


def _bare(name: str) -> str:
    """Without kind and marks: the lists put the tone of Thanh Hóa on different letters."""
    kinds = ("Thành phố ", "Thị xã ", "Thị trấn ", "Tỉnh ", "Huyện ", "Quận ", "Phường ", "Xã ",
             "Đặc khu ")  # fmt: skip
    kind = next((kind for kind in kinds if name.startswith(kind)), "")
    apart = unicodedata.normalize("NFD", name.removeprefix(kind).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("đ", "d")


def _rows(listed: AbstractContextManager[Path]) -> list[dict[str, str]]:
    with listed as path, path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
