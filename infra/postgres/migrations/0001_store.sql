-- The event store: streams of facts, receipts of commands, one order for all.

CREATE SCHEMA store;

CREATE TABLE store.stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial NOT NULL,
    lane smallint NOT NULL CHECK (lane BETWEEN 0 AND 23),
    traceparent text,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    -- The library's own settings (threshold 1e8) are off in effect. Rows only ever come:
    -- vacuum after inserts keeps the visibility map and freezes early, in small bites.
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02,
    autovacuum_freeze_min_age = 1000000
);
CREATE UNIQUE INDEX stored_events_position ON store.stored_events (notification_id);
CREATE INDEX stored_events_lane ON store.stored_events (lane, notification_id);
CREATE INDEX stored_events_directory ON store.stored_events (notification_id)
    WHERE topic LIKE 'unit.%' OR topic LIKE 'office.%';

CREATE TABLE store.receipts (
    key uuid PRIMARY KEY,
    request bytea NOT NULL,
    response bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02
);

-- Whoever appends holds this empty table's lock to the end of the transaction, so that
-- positions follow commit order and a tailing reader misses nothing. It is not the event
-- table itself: EXCLUSIVE there waits for every vacuum and analyze of it.
CREATE TABLE store.append_turn ();

CREATE FUNCTION store.take_append_turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    LOCK TABLE store.append_turn IN EXCLUSIVE MODE;
    RETURN NULL;
END $$;

-- Fences writers that know nothing of it: fires before the first position is drawn.
CREATE TRIGGER take_append_turn BEFORE INSERT ON store.stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION store.take_append_turn();

CREATE FUNCTION store.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are never changed or removed: % on %.%',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON store.stored_events
    FOR EACH STATEMENT EXECUTE FUNCTION store.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON store.receipts
    FOR EACH STATEMENT EXECUTE FUNCTION store.refuse_change();

-- Which log this is: the "topic id" of the embedded stream. A new store has another one.
CREATE TABLE store.log_identity (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO store.log_identity DEFAULT VALUES;

-- Who may do what only one may do at a time. Expiry is by this server's clock.
CREATE TABLE store.leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    epoch bigint NOT NULL,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);

-- How far the store has been published, moved by compare-and-set on the lease's epoch.
CREATE TABLE store.relay_cursor (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL DEFAULT 0,
    heads bigint[] NOT NULL DEFAULT array_fill(0::bigint, ARRAY[24]),
    epoch bigint NOT NULL DEFAULT 0,
    topic_ids text[] NOT NULL DEFAULT '{}',
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (cardinality(heads) = 24)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);
INSERT INTO store.relay_cursor DEFAULT VALUES;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA store FROM PUBLIC;
GRANT USAGE ON SCHEMA store TO tiepdan_app, tiepdan_projector;
GRANT SELECT ON store.stored_events, store.log_identity, store.leases, store.relay_cursor
    TO tiepdan_app, tiepdan_projector;
GRANT SELECT ON store.receipts TO tiepdan_app;
GRANT INSERT, UPDATE ON store.leases TO tiepdan_app, tiepdan_projector;
GRANT UPDATE ON store.relay_cursor TO tiepdan_app;
