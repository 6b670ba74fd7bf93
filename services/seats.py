"""At which office somebody sits today (nơi làm việc): the own one, or one in its place.

A token names the office for which it was given. When that office has ended, its bearer acts
for the office in its place in which the directory has the same account in the same post;
without such a post nobody acts for an office that was not given to them.
"""

from datetime import date

from domain.codes import Role
from domain.directory import Directory
from domain.homes import OfficesOn
from domain.units import Office


def seat_of(
    account: str, role: Role, office: str, directory: Directory, today: date
) -> Office | None:
    """The office for which the bearer of a token acts today, if there is one."""
    own = directory.find_office(office, today)
    if own is not None:
        return own
    for heir in sorted(OfficesOn(directory, today).in_place_of(office)):
        if role in directory.posts.posts_of(account, heir, today):
            return directory.find_office(heir, today)
    return None


def former_seat(office: str, directory: Directory, today: date) -> Office | None:
    """An office that has ended, as it last stood."""
    known = directory.offices.of(office)
    ended = known and known[-1].valid_until is not None and known[-1].valid_until < today
    return known[-1] if ended else None
