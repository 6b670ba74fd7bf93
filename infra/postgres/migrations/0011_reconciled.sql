-- How far store and stream were compared, lane by lane, and what was first found different.

CREATE TABLE store.reconciled (
    lane smallint PRIMARY KEY CHECK (lane BETWEEN 0 AND 23),
    topic_id text NOT NULL,
    next_offset bigint NOT NULL,
    position bigint NOT NULL,
    digest bytea NOT NULL,
    compared bigint NOT NULL,
    repeats bigint NOT NULL,
    differences bigint NOT NULL,
    kind text,
    at_position bigint,
    at_offset bigint,
    of_stream uuid,
    of_version bigint,
    found_at timestamptz,
    looked_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);

GRANT SELECT, INSERT, UPDATE, DELETE ON store.reconciled TO tiepdan_app;
