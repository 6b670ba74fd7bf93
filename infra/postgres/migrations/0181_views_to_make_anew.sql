-- What rows folded before a migration lack, until the views are made anew (tiepdan rebuild). The
-- table moves with the views: a rebuild leaves it empty, a rollback brings it back.

SET LOCAL ROLE tiepdan_projector;

CREATE TABLE views.unfilled (
    migration text PRIMARY KEY,
    lacks text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON views.unfilled TO tiepdan_app;

-- For migrations whose new columns the fold alone can fill. Views that hold nothing lack
-- nothing; a rebuild that was interrupted begins again, its lanes were folded before.
CREATE FUNCTION views.must_be_made_anew(migration text, lacks text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO views.unfilled (migration, lacks)
        SELECT $1, $2 WHERE EXISTS (SELECT FROM views.progress)
        ON CONFLICT DO NOTHING;
    DROP TABLE IF EXISTS views_next.unfilled;
END $$;

RESET ROLE;

-- Only work that came from an abolished office has formers.
SELECT views.must_be_made_anew('0151_formers', 'the offices a piece of work lay at before')
    WHERE EXISTS (
        SELECT FROM store.stored_events
        WHERE (topic LIKE 'unit.%' OR topic LIKE 'office.%') AND topic LIKE 'office.abolished/%'
    );
