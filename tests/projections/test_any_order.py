"""Whatever cuts, repeats and overtaking: the same facts make the same rows."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.memory.views import MemoryViewStore
from projections.base import Row, Tally
from projections.batch import Key, key_of
from projections.case_row import CaseRow
from projections.cases import load_of as load_of_case
from projections.lane_rows import LaneRows
from projections.office_load import OfficeLoad
from projections.pending_transfers import OfferRow
from projections.pending_transfers import load_of as load_of_offer
from projections.petition_row import PetitionRow
from projections.petitions import load_of as load_of_petition
from tests.projections.chronicle import Chronicle, all_projections
from tests.projections.folding import by_lane, fold_by_chance, folded
from tests.projections.journeys import told_by_chance

histories = st.builds(
    told_by_chance,
    st.randoms(use_true_random=False),
    petitions=st.integers(1, 5),
    steps=st.integers(0, 40),
)
calm = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(histories, st.randoms(use_true_random=False))
def test_batch_cuts_and_overtaking_lanes_change_no_row(tale: Chronicle, random: Random) -> None:
    by_chance = MemoryViewStore()
    fold_by_chance(by_chance, tale.facts, random)
    assert by_chance.rows == folded(tale).rows


@calm
@given(histories)
def test_the_counts_of_waiting_work_equal_what_the_rows_say(tale: Chronicle) -> None:
    store = folded(tale)
    counted = {key[:3]: 0 for key in store.rows.get(OfficeLoad, {})}
    for key, tally in store.rows.get(OfficeLoad, {}).items():
        assert isinstance(tally, Tally)
        counted[key[:3]] += tally.n
    assert {key: n for key, n in counted.items() if n} == waiting(store.rows)


@calm
@given(histories)
def test_every_row_is_fed_by_one_lane(tale: Chronicle) -> None:
    fed: dict[tuple[type[Row], Key], int] = {}
    for lane in {fact.lane for fact in tale.facts}:
        store = MemoryViewStore()
        fold_by_chance(store, [f for f in tale.facts if f.lane == lane], Random(0))
        for row, by_key in store.rows.items():
            for key in by_key:
                assert fed.setdefault((row, key), lane) == lane


@calm
@given(histories, st.randoms(use_true_random=False))
def test_a_lane_folded_page_by_page_from_its_beginning_has_the_rows_of_the_live_views(
    tale: Chronicle, random: Random
) -> None:
    projections = all_projections()
    rows: dict[type[Row], dict[Key, Row]] = {}
    for facts in by_lane(tale.facts).values():
        lane, left = LaneRows(), facts
        while left:
            cut = random.randint(1, len(left))
            lane.fold(left[:cut], projections)
            left = left[cut:]
        found = [*lane.take_records().items(), *lane.tables()]
        for row, values in found:
            rows.setdefault(row, {}).update({key_of(value): value for value in values})
        for tally, counts in lane.tallies().items():
            rows.setdefault(tally, {}).update({key: tally.of(key, n) for key, n in counts.items()})
    assert rows == folded(tale).rows


def waiting(rows: dict[type[Row], dict[Key, Row]]) -> dict[Key, int]:
    """Work counted afresh from the rows themselves."""
    items: list[Key] = []
    for row in (row for by_key in rows.values() for row in by_key.values()):
        match row:
            case PetitionRow():
                items += load_of_petition(row)
            case OfferRow():
                items += load_of_offer(row)
            case CaseRow():
                items += load_of_case(row)
    return {item: items.count(item) for item in items}
