-- What each office was reminded of, and until when it stood; and how the list of one is found.
-- Of a return mission: on which day the reception at home was held.

SET LOCAL ROLE tiepdan_projector;

CREATE TABLE views.reminders (
    stream uuid NOT NULL,
    matter text COLLATE "C" NOT NULL,
    subject uuid NOT NULL,
    what text NOT NULL,
    office text NOT NULL,
    to_office text NOT NULL,
    rung integer NOT NULL,
    urgency integer NOT NULL,
    clock text,
    due date,
    since timestamptz NOT NULL,
    settled_at timestamptz,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (stream, matter)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX reminders_standing ON views.reminders (to_office, urgency, since, stream, matter)
    WHERE settled_at IS NULL;

GRANT SELECT ON views.reminders TO tiepdan_app;

ALTER TABLE views.missions ADD COLUMN follow_up_held_on date;

RESET ROLE;
