-- Records that an operator let the views go on without: what, why, who, when. Kept with the
-- truth, not with the views: it outlives every rebuild. Never changed: a skip is undone by
-- making the views anew with a release that reads the record.

CREATE TABLE store.skipped_records (
    position bigint NOT NULL,
    lane smallint NOT NULL CHECK (lane BETWEEN 0 AND 23),
    record_offset bigint NOT NULL,
    stream uuid NOT NULL,
    type_name text NOT NULL,
    fault text NOT NULL,
    reason text NOT NULL CHECK (btrim(reason) <> ''),
    skipped_by text NOT NULL,
    skipped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, position, record_offset)
);

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON store.skipped_records
    FOR EACH STATEMENT EXECUTE FUNCTION store.refuse_change();

GRANT SELECT, INSERT ON store.skipped_records TO tiepdan_projector;
GRANT SELECT ON store.skipped_records TO tiepdan_app;
