"""Open work as it lies: by office and where it lay before, each piece once."""

from datetime import timedelta

from infra.postgres.views.queries import PostgresViews
from projections.asks import CaseFilter, OfferFilter, PetitionFilter
from projections.open_work import OpenSums
from tests.infra.postgres.test_views_resting import CASE, SENT, WAITS, views
from tests.projections.chronicle import (
    BAC_GIANG,
    LUC_NAM,
    NGHIA_PHUONG,
    TAM_DI,
    TNMT,
    TODAY,
)

__all__ = ["views"]

LONG_AFTER = TODAY + timedelta(days=90)


def asked(views: PostgresViews, *offices: str) -> dict[tuple[str, tuple[str, ...]], OpenSums]:
    found = views.open_at(offices or None, today=TODAY, soon_until=TODAY)
    assert len({(each.office, each.formers) for each in found}) == len(found)
    return {(each.office, each.formers): each.sums for each in found}


def test_work_is_told_by_the_office_and_the_way_it_came(views: PostgresViews) -> None:
    found = asked(views)
    assert found[BAC_GIANG, (LUC_NAM,)] == OpenSums(petitions=1, undecided=1)
    assert found[TAM_DI, ()] == OpenSums(petitions=2, cases=1)
    assert found[NGHIA_PHUONG, ()] == OpenSums(petitions=2)
    assert found[TNMT, ()] == OpenSums(offers=1)


def test_an_abolished_office_is_asked_about_by_what_came_from_it(views: PostgresViews) -> None:
    assert set(asked(views, LUC_NAM)) == {(BAC_GIANG, (LUC_NAM,))}
    assert set(asked(views, TAM_DI, TNMT)) == {(TAM_DI, ()), (TNMT, ())}


def test_the_figures_are_those_of_the_boards(views: PostgresViews) -> None:
    offices = (TAM_DI, NGHIA_PHUONG, LUC_NAM, TNMT, BAC_GIANG)
    days = {"today": LONG_AFTER, "soon_until": LONG_AFTER}
    sums = views.office_sums(offices, **days, received_since=TODAY)
    at = views.open_at(None, **days)
    for office in offices:
        mine = OpenSums.of(each.sums for each in at if each.office == office)
        board = sums.get(office)
        assert mine.overdue == (board.overdue if board else 0)
        assert mine.petitions == (board.open if board else 0)
        assert (mine.offers, mine.offers_late) == (
            (board.pending, board.pending_late) if board else (0, 0)
        )


def test_lists_hold_what_came_from_an_abolished_office_when_asked_to(views: PostgresViews) -> None:
    here, came = PetitionFilter((LUC_NAM,)), PetitionFilter((LUC_NAM,), came_from=True)
    assert views.petitions(here).items == ()
    assert [each.petition.petition_id for each in views.petitions(came).items] == [WAITS]
    offers = OfferFilter((TNMT, LUC_NAM), came_from=True)
    assert [each.petition.petition_id for each in views.offers(offers).items] == [SENT]
    cases = CaseFilter((TAM_DI, LUC_NAM), came_from=True)
    assert [row.case_id for row in views.cases(cases).items] == [CASE]
