"""Which office stands in the place of another on a day (cơ quan kế thừa vào một ngày).

The questions a dossier asks of the office tree; who came after whom is told by
:mod:`domain.succession`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.directory import Directory
from domain.succession import answerable_meanwhile, heirs_of_office
from domain.units import Office


@dataclass(frozen=True, slots=True)
class Home:
    """Where the work of an abolished office goes.

    ``interim``: ``office`` only answers until a person decides; ``candidates`` are the heirs
    among which, by id.
    """

    office: Office
    interim: bool
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficesOn:
    """The office tree as a dossier looks at it: on the day of an act."""

    directory: Directory
    day: date

    def stands(self, office_id: str) -> bool:
        """Whether the office stands on that day."""
        return self.directory.offices.on(office_id, self.day) is not None

    def in_place_of(self, office_id: str) -> frozenset[str]:
        """The office itself, and whoever took over all or a part of its work."""
        heirs = heirs_of_office(office_id, self.directory, self.day)
        return frozenset({office_id, *(office.office_id for office, _ in heirs)})

    def home_of(self, office_id: str, *, barred: Collection[str] = ()) -> Home | None:
        """Where its work goes: to its one sure heir, else for now to its nearest superior.

        Never to a barred office. None when nobody above it stands either.
        """
        heirs = heirs_of_office(office_id, self.directory, self.day)
        fit = tuple(office.office_id for office, _ in heirs if office.office_id not in barred)
        if len(heirs) == 1 and fit:
            office, heir = heirs[0]
            if heir.is_sure:
                return Home(office, False, fit)
        above = answerable_meanwhile(office_id, self.directory, self.day, barred=barred)
        return None if above is None else Home(above, True, fit)

    def present(self, offices: Iterable[str]) -> tuple[str, ...]:
        """These offices as they are today: an abolished one by who answers for it, or left out."""
        homes = (self.home_of(office) for office in offices)
        return tuple(dict.fromkeys(home.office.office_id for home in homes if home is not None))

    def holds_a_post(self, account: str, office_id: str) -> bool:
        """Whether an account holds a post in an office on that day."""
        return bool(self.directory.posts.posts_of(account, office_id, self.day))

    def has_left(self, account: str, office_id: str) -> bool:
        """Whether an account that held a post in an office holds none any more."""
        return self.directory.posts.has_left(account, office_id, self.day)


NO_TREE: Final = OfficesOn(Directory(), date.min)
"""What a dossier sees that nobody showed the tree: every office is only itself."""
