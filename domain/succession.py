"""Who came after whom: where an old unit is now, and who does an old office's work (kế thừa).

Chains are followed as far as the day asked about. Where a unit was split there are several
candidates and never a guess: a person decides.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from domain.chronicle import Chronicle, Dated, Heir
from domain.codes import SuccessionMatch, SuccessionRelation
from domain.directory import Directory
from domain.units import Office, Unit

T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit or office that may stand in the place of a former one.

    ``whole`` says that everything of the former one came here, by every step of the way;
    ``match`` is the weakest word on that way.
    """

    name: str
    whole: bool
    match: SuccessionMatch

    @property
    def is_sure(self) -> bool:
        """Whether it has everything of the former one, and that is no guess."""
        return self.whole and self.match is not SuccessionMatch.GUESSED


def candidates(things: Chronicle[T], name: str, on: date) -> tuple[Candidate, ...]:
    """Those that stand on a day in the place of one, itself if it still does. Best known first.

    Empty when nobody was named: it ended without an heir, or has not begun. A decision about
    the whole stands in front of every guess.
    """
    found: dict[str, Candidate] = {}
    for each in _followed(things, name, on, Candidate(name, True, SuccessionMatch.EXACT), ()):
        known = found.get(each.name)
        if known is None or _strength(each) > _strength(known):
            found[each.name] = each
    return tuple(found.values())


def sole_heir(things: Chronicle[T], name: str, on: date) -> str | None:
    """The one that stands on a day in the place of another, when there is no doubt which."""
    found = candidates(things, name, on)
    if len(found) == 1 and found[0].is_sure:
        return found[0].name
    return None


def _followed(
    things: Chronicle[T], name: str, on: date, so_far: Candidate, been: tuple[str, ...]
) -> Iterator[Candidate]:
    if name in been:
        return
    if things.on(name, on) is not None:
        ceded = [part.to for part in things.ceded(name) if part.since <= on]
        yield Candidate(name, so_far.whole and not ceded, so_far.match)
        for other in ceded:
            partly = Candidate(other, False, so_far.match)
            yield from _followed(things, other, on, partly, (*been, name))
        return
    for heir in _believed(things.heirs(name)):
        if heir.since <= on:
            whole = so_far.whole and heir.relation is SuccessionRelation.WHOLE
            step = Candidate(heir.heir, whole, _weaker(so_far.match, heir.match))
            yield from _followed(things, heir.heir, on, step, (*been, name))


def _believed(heirs: tuple[Heir, ...]) -> tuple[Heir, ...]:
    """The heirs without the guesses, once a person said who took over the whole."""
    decided = any(
        each.match is SuccessionMatch.DECIDED and each.relation is SuccessionRelation.WHOLE
        for each in heirs
    )
    if not decided:
        return heirs
    return tuple(each for each in heirs if each.match is not SuccessionMatch.GUESSED)


def _strength(candidate: Candidate) -> tuple[bool, bool]:
    return candidate.whole, candidate.match is not SuccessionMatch.GUESSED


def _weaker(one: SuccessionMatch, other: SuccessionMatch) -> SuccessionMatch:
    if SuccessionMatch.GUESSED in (one, other):
        return SuccessionMatch.GUESSED
    return other if one is SuccessionMatch.EXACT else one


def places_now(unit_id: str, directory: Directory, on: date) -> tuple[tuple[Unit, Candidate], ...]:
    """Where an address in an old unit may be on a day: one unit, or candidates of a split one."""
    return tuple(
        (unit, each)
        for each in candidates(directory.units, unit_id, on)
        if (unit := directory.units.on(each.name, on)) is not None
    )


def former_units(unit_id: str, directory: Directory) -> tuple[Unit, ...]:
    """The units that went into this one, wholly or partly, as they last were."""
    names = directory.units.forebears(unit_id)
    return tuple(directory.units.of(name)[-1] for name in names if directory.units.of(name))


def heirs_of_office(
    office_id: str, directory: Directory, on: date
) -> tuple[tuple[Office, Candidate], ...]:
    """Who may do an office's work on a day.

    Named heirs come first. Where none was named, the office of the same type in the units
    that took over its unit; where such a unit has none, its People's Committee.
    """
    named = _standing(directory, candidates(directory.offices, office_id, on), on)
    last = directory.offices.of(office_id)
    if named or not last:
        return named
    found: dict[str, tuple[Office, Candidate]] = {}
    for unit, place in places_now(last[-1].unit, directory, on):
        office = _counterpart(last[-1], unit, directory, on)
        if office is not None:
            heir = Candidate(office.office_id, place.whole, place.match)
            found.setdefault(office.office_id, (office, heir))
    return tuple(found.values())


def _standing(
    directory: Directory, found: tuple[Candidate, ...], on: date
) -> tuple[tuple[Office, Candidate], ...]:
    return tuple(
        (office, each)
        for each in found
        if (office := directory.offices.on(each.name, on)) is not None
    )


def _counterpart(former: Office, unit: Unit, directory: Directory, on: date) -> Office | None:
    offices = directory.offices_of(unit.unit_id, on)
    alike = next((office for office in offices if office.type == former.type), None)
    return alike or directory.find_office(unit.unit_id, on)


def answerable_meanwhile(
    office_id: str, directory: Directory, on: date, *, barred: Collection[str] = ()
) -> Office | None:
    """Who answers for an abolished office until somebody decides: its nearest superior's heir.

    None when no office above it, nor any heir of one, stands on that day. ``barred`` are
    offices that may not: the one complained of.
    """
    seen = {office_id}
    last = directory.offices.of(office_id)
    while last and last[-1].superior is not None and last[-1].superior not in seen:
        superior = last[-1].superior
        seen.add(superior)
        heirs = heirs_of_office(superior, directory, on)
        if len(heirs) == 1 and heirs[0][0].office_id not in barred:
            return heirs[0][0]
        last = directory.offices.of(superior)
    return None
