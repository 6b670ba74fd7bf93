"""Signing in to a demo, and what else its pages know: accounts and colleagues (dữ liệu mẫu)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from domain.codes import LABELS, Role
from domain.directory import Directory
from infra.identity.tokens import LocalIssuer
from infra.units import Edition, hex_rows
from services.demo.accounts import DemoAccount, DemoPlace, account_of, sign_in_places
from services.demo.offices import BAC_GIANG, LUC_NAM, committee, office_id
from services.demo.stories import TAM_DI
from services.web.models import Person, Place, Seats
from services.web.site import Cells, Colleague

LUC_SON: Final = "07510"
FIRST: Final = (
    account_of(committee(BAC_GIANG), Role.LEADER),
    account_of(committee(LUC_NAM), Role.LEADER),
    account_of(committee(TAM_DI), Role.CLERK),
    account_of(committee(LUC_SON), Role.RETURN_LEAD),
    account_of(office_id("ttr", BAC_GIANG), Role.AUDITOR),
)
"""The five who see what the demo is about."""

WORKING: Final = (Role.CLERK, Role.HANDLER, Role.OFFICE_HEAD, Role.LEADER, Role.RETURN_LEAD)


@dataclass(frozen=True)
class DemoSignIn:
    """The demo's accounts, with tokens of the stack's own issuer."""

    issuer: LocalIssuer
    directory: Callable[[], Directory]
    today: Callable[[], date]

    def places(self) -> Sequence[Place]:
        """Whom to sign in as, by place."""
        return tuple(
            Place(place.name, place.words, _by_office(place.accounts)) for place in self._places()
        )

    def first(self) -> Sequence[Person]:
        """Whom somebody new should try, in the order of the offices from the top down."""
        accounts = {
            account.account: account for place in self._places() for account in place.accounts
        }
        return tuple(_person(accounts[account]) for account in FIRST if account in accounts)

    def token_for(self, person: str) -> str | None:
        """A token for one of the accounts on the page; None for anybody else."""
        for place in self._places():
            for account in place.accounts:
                if account.account == person:
                    return self.issuer.issue(account.account, account.office, account.role)
        return None

    def _places(self) -> Sequence[DemoPlace]:
        return sign_in_places(self.directory(), self.today())


def _by_office(accounts: Sequence[DemoAccount]) -> tuple[Seats, ...]:
    """Each office once, with its roles."""
    seats: dict[str, list[Person]] = {}
    for account in accounts:
        seats.setdefault(account.office_name, []).append(_person(account))
    return tuple(Seats(office, tuple(people)) for office, people in seats.items())


def _person(account: DemoAccount) -> Person:
    role = LABELS[account.role]
    return Person(account.account, role, account.office_name, account.sees)


@dataclass(frozen=True)
class DemoColleagues:
    """The accounts of a demo office: who holds its posts, else one of each working role."""

    directory: Callable[[], Directory]
    today: Callable[[], date]

    def __call__(self, office: str) -> Sequence[Colleague]:
        """By role, in the order they came; several in one role are numbered."""
        posts, on = self.directory().posts, self.today()
        held = {role: posts.holders(office, role, on) for role in WORKING}
        if not any(held.values()):
            held = {role: (account_of(office, role),) for role in WORKING}
        return tuple(
            Colleague(account, LABELS[role] + (f" {number}" if len(accounts) > 1 else ""), role)
            for role, accounts in held.items()
            for number, account in enumerate(accounts, 1)
        )


def carried_cells() -> Cells:
    """The hex grids that the project carries, each read once."""

    @lru_cache(maxsize=len(Edition))
    def read(edition: Edition) -> Mapping[str, tuple[int, int]]:
        return {row.code: (row.column, row.row) for row in hex_rows(edition)}

    def cells(on: date) -> Mapping[str, tuple[int, int]]:
        before = on < Edition.TWO_TIER.valid_from
        return read(Edition.THREE_TIER if before else Edition.TWO_TIER)

    return cells
