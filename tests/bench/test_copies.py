"""A store told again by COPY holds facts as they would have been recorded."""

from collections import Counter
from contextlib import closing

from domain.streams import lane_of
from infra.kafka.clients import has_librdkafka
from infra.postgres.fact_store import PostgresFactStore
from infra.postgres.many_facts import ManyFacts
from infra.postgres.views.beside import Beside
from infra.postgres.views.queries import PostgresViews
from infra.postgres.views.store import PostgresViewStore
from infra.postgres.views.tables import NEXT
from infra.serial import decode
from projections.asks import CrowdState, GatheringFilter
from services import wiring
from services.areas import area_of
from services.bench.copies import Tale
from services.bench.ground import Ground
from services.bench.material import Workshop, record, spread
from services.bench.runner import at_hand
from services.demo.clock import TODAY
from services.rebuild import Rebuild

TIMES = 3
FACTS = 8


def test_copied_facts_are_read_back_as_other_streams_with_the_same_story() -> None:
    workshop = Workshop()
    _, office = next(spread(workshop.directory, TODAY))
    told = [decode(name, body) for name, body in workshop.crowd(office, FACTS)]
    with Ground() as ground:
        database = ground.database()
        store, many = PostgresFactStore.open(database.app), ManyFacts(database.admin)
        record(store, iter(told))
        many.copy_facts(Tale(many.facts()).retold(TIMES))
        many.fill_receipts(FACTS)
        many.settle()
        facts = store.read(after=0, limit=1_000)
        many.close()
        store.close()
    assert set(Counter(fact.stream for fact in facts).values()) == {FACTS}
    assert len({fact.stream for fact in facts}) == 1 + TIMES
    for fact in facts:
        event = decode(fact.type_name, fact.body)  # strict: these are canonical bytes
        assert (event.originator_id, event.originator_version) == (fact.stream, fact.version)
        assert fact.lane == lane_of(fact.stream, fact.type_name)
    assert [fact.type_name for fact in facts[-FACTS:]] == [fact.type_name for fact in facts[:FACTS]]


def test_finished_work_is_multiplied_and_open_work_stays_as_it_is() -> None:
    workshop = Workshop()
    _, office = next(spread(workshop.directory, TODAY))
    told = [decode(name, body) for name, body in workshop.crowd(office, FACTS)]
    with Ground() as ground:
        database = ground.database()
        with (
            closing(PostgresFactStore.open(database.app)) as store,
            Beside.at(database.projector) as beside,
            closing(PostgresViewStore.at(database.projector, schema=NEXT)) as fresh,
        ):
            record(store, iter(told))
            Rebuild(store, beside, fresh, wiring.projections(), decode).run()
        many = ManyFacts(database.admin)
        many.multiply_views(TIMES, days=42, spans=2, tell=lambda _: None)
        views = PostgresViews.open(database.app, wiring.projection_names())
        area = area_of(office.unit, workshop.directory, TODAY)
        crowds = views.gatherings(GatheringFilter(area=area, state=CrowdState.GOING_ON))
        history = many.count("views.history")
        many.close()
        views.close()
    assert history == FACTS * (1 + TIMES)
    assert [crowd.gathering_id for crowd in crowds.items] == [told[0].originator_id]


def test_the_rows_of_the_second_client_are_measured_where_it_is_installed() -> None:
    assert has_librdkafka()
    assert {"relay-librdkafka", "project-librdkafka"} <= set(at_hand())
