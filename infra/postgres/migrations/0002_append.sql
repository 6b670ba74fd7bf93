-- Appending: one call per batch of saves, one transaction, one round trip.
-- The application role has no INSERT on the tables: this function is the only way in.

-- Which saves of a batch collide with what is stored. Run only after a collision: with
-- stale statistics the planner picks a sequential scan (43 ms a batch), so it may not.
CREATE FUNCTION store.find_collisions(
    event_saves int[], streams uuid[], versions bigint[], receipt_saves int[], keys uuid[],
    OUT saves int[], OUT taken uuid[]
) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
    SELECT array_agg(save), array_agg(stream) FROM (
        -- A save that collides twice is refused for its receipt: it is a repeat.
        SELECT DISTINCT ON (save) save, stream FROM (
            SELECT r.save, NULL::uuid AS stream
            FROM unnest(receipt_saves, keys) AS r (save, key)
            JOIN store.receipts USING (key)
            UNION ALL
            SELECT e.save, e.stream
            FROM unnest(event_saves, streams, versions) AS e (save, stream, version)
            JOIN store.stored_events s
                ON s.originator_id = e.stream AND s.originator_version = e.version
        ) AS collision
        ORDER BY save, stream NULLS FIRST
    ) AS refused
$$;

-- Appends a batch of saves. ``positions`` has one element per event, in order, NULL where
-- the save was refused; ``refused`` names those saves and ``taken`` the stream whose version
-- was taken, NULL where it was the receipt's key. Positions are drawn by hand, not
-- returned by the insert: rows of RETURN QUERY survive the rollback of their block.
CREATE FUNCTION store.append_batch(
    event_saves int[], streams uuid[], versions bigint[], topics text[], states bytea[],
    lanes smallint[], traceparents text[],
    receipt_saves int[], keys uuid[], requests bytea[], responses bytea[],
    OUT positions bigint[], OUT refused int[], OUT taken uuid[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    drawn bigint[];
BEGIN
    LOCK TABLE store.append_turn IN EXCLUSIVE MODE;
    refused := '{}';
    taken := '{}';
    BEGIN
        drawn := store.draw_positions(cardinality(event_saves));
        INSERT INTO store.receipts (key, request, response)
            SELECT * FROM unnest(keys, requests, responses);
        INSERT INTO store.stored_events
            (originator_id, originator_version, topic, state, notification_id, lane, traceparent)
            SELECT * FROM unnest(streams, versions, topics, states, drawn, lanes, traceparents);
        positions := drawn;
    EXCEPTION WHEN unique_violation THEN
        SELECT c.saves, c.taken INTO refused, taken
            FROM store.find_collisions(event_saves, streams, versions, receipt_saves, keys) c;
        IF refused IS NULL THEN
            RAISE;  -- the batch collides with itself: the caller's fault, nothing is saved
        END IF;
        drawn := store.draw_positions(cardinality(event_saves));
        INSERT INTO store.receipts (key, request, response)
            SELECT r.key, r.request, r.response
            FROM unnest(receipt_saves, keys, requests, responses) AS r (save, key, request, response)
            WHERE r.save <> ALL (refused);
        INSERT INTO store.stored_events
            (originator_id, originator_version, topic, state, notification_id, lane, traceparent)
            SELECT e.stream, e.version, e.topic, e.state, e.position, e.lane, e.traceparent
            FROM unnest(event_saves, streams, versions, topics, states, drawn, lanes, traceparents)
                AS e (save, stream, version, topic, state, position, lane, traceparent)
            WHERE e.save <> ALL (refused);
        SELECT array_agg(CASE WHEN e.save <> ALL (refused) THEN e.position END ORDER BY e.n)
            INTO positions
            FROM unnest(event_saves, drawn) WITH ORDINALITY AS e (save, position, n);
    END;
    NOTIFY stored_events;
    IF EXISTS (SELECT FROM unnest(topics) t WHERE t LIKE 'unit.%' OR t LIKE 'office.%') THEN
        NOTIFY directory_facts;
    END IF;
END $$;

CREATE FUNCTION store.draw_positions(wanted int) RETURNS bigint[]
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(nextval('store.stored_events_notification_id_seq')), '{}')
    FROM generate_series(1, wanted)
$$;

-- Ends what may still be under way for a caller that lost its connection, so that what it
-- then reads is final. Only a connection of the caller's own role can be ended by it.
-- True when it is gone.
CREATE FUNCTION store.end_backend(backend int, started timestamptz) RETURNS boolean
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(bool_and(pg_terminate_backend(pid, 3000)), true) FROM pg_stat_activity
        WHERE pid = backend AND backend_start = started
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA store FROM PUBLIC;
GRANT EXECUTE ON FUNCTION store.append_batch, store.end_backend TO tiepdan_app;
