"""A person says where an old unit went, or who does its work (quyết định về địa bàn cũ)."""

from datetime import date

from domain.codes import SuccessionRelation
from domain.commands.base import Command
from domain.commands.directory import NameOfficeSuccessor, NameUnitSuccessor
from domain.directory import Directory, UnknownUnit
from domain.undecided import Doubt, OpenQuestions
from domain.units import Unit

OF_WORK = frozenset({Doubt.SPLIT, Doubt.LEVEL_GONE})
"""Doubts about who does the work: where such a unit's area went is known, or has no answer."""


def decision(
    directory: Directory,
    on: date,
    *,
    unit: str,
    successor: str,
    relation: SuccessionRelation,
    basis: str,
) -> Command:
    """The act that settles what is open about an old unit.

    Of a split unit and of one whose level is gone the area cannot be given to one successor:
    named is the office that takes over the work of its committee. Refuses: ``UnknownUnit``,
    ``UnknownOffice``.
    """
    old = former_unit(directory, unit, on)
    doubt = OpenQuestions(directory, on).doubt_of(old)
    if doubt in OF_WORK and relation is SuccessionRelation.WHOLE:
        seat = directory.committee_of(old.unit_id, old.valid_until or on)
        heir = directory.get_office(successor, on, pointer="/successor")
        return NameOfficeSuccessor(
            office_id=seat.office_id, successor=heir.office_id, relation=relation, basis=basis
        )
    heir_unit = directory.get_unit(successor, on, pointer="/successor")
    return NameUnitSuccessor(
        unit_id=old.unit_id, successor=heir_unit.unit_id, relation=relation, basis=basis
    )


def former_unit(directory: Directory, ref: str, on: date, *, pointer: str = "path/unit") -> Unit:
    """A unit by id as it stands or last stood, by code as of the day.

    Refuses: ``UnknownUnit``.
    """
    begun = [unit for unit in directory.units.of(ref) if unit.valid_from <= on]
    if begun:
        return directory.units.on(ref, on) or begun[-1]
    if ref in directory.units:
        raise UnknownUnit(f"Ngày {on:%d/%m/%Y} chưa có đơn vị này.", pointer=pointer)
    return directory.get_unit(ref, on, pointer=pointer)


def entered_unit(directory: Directory, ref: str, today: date) -> str:
    """The id of a unit that was entered, whenever it stands; by code the one of today.

    Refuses: ``UnknownUnit``.
    """
    if ref in directory.units:
        return ref
    return directory.get_unit(ref, today, pointer="path/unit").unit_id
