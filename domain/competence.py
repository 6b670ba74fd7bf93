"""Who must say which office is competent when nobody wants a petition (thẩm quyền)."""

from collections.abc import Collection, Sequence
from datetime import date

from domain.directory import Directory
from domain.homes import OfficesOn
from domain.units import Office


def judge_between(
    offices: Sequence[str], directory: Directory, on: date, *, barred: Collection[str]
) -> Office | None:
    """The nearest office above all of these, or the one of them that stands above the rest.

    An abolished one counts as who answers in its place. Never a barred office, the accused
    one. None where nobody stands above them: two provinces, while the list of offices has no
    central one. Rule: Law 02/2011 art. 21.
    """
    offices = OfficesOn(directory, on).present(offices)
    if not offices:
        return None
    chains = [directory.superiors_of(office, on) for office in offices]
    above_all = [office for office in chains[0] if all(office in chain for chain in chains)]
    themselves = [directory.get_office(office, on) for office in offices]
    above_the_rest = [
        office
        for office in themselves
        if all(
            office in chain or office == other
            for other, chain in zip(themselves, chains, strict=True)
        )
    ]
    judges = (*above_all, *above_the_rest)
    return next((judge for judge in judges if judge.office_id not in barred), None)


def stands_within_reach(judge: str, office: str, directory: Directory, on: date) -> bool:
    """Whether a superior may give work to an office: to itself or to any office below it."""
    superiors = {superior.office_id for superior in directory.superiors_of(office, on)}
    return office == judge or judge in superiors
