-- How far the due days in the views follow the law, and what each change of it moved. Kept
-- beside the rows: whoever drops and makes those anew clears the first, and all is gone over.

SET LOCAL ROLE tiepdan_projector;

-- One row a pass over the due days: up to which fact of calendar and rulebook, since which.
CREATE TABLE views.law_passes (
    upto bigint PRIMARY KEY,
    moved integer NOT NULL,
    passed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The open deadlines that a pass moved.
CREATE TABLE views.moved_due (
    upto bigint NOT NULL,
    office text COLLATE "C" NOT NULL,
    clock text NOT NULL,
    subject uuid NOT NULL,
    number text NOT NULL,
    lane smallint NOT NULL,
    was date,
    due date,
    PRIMARY KEY (upto, office, subject, clock)
);

-- Results of ended files that a later notice puts in doubt, and what a head said to it.
CREATE TABLE views.reviews (
    stream uuid NOT NULL,
    clock text COLLATE "C" NOT NULL,
    subject uuid NOT NULL,
    number text NOT NULL,
    office text NOT NULL,
    unit text NOT NULL,
    met_on date NOT NULL,
    was_due date NOT NULL,
    due date NOT NULL,
    asked_at timestamptz NOT NULL,
    noted_at timestamptz,
    noted_by text,
    outcome text,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (stream, clock)
) WITH (fillfactor = 80);
CREATE INDEX reviews_waiting ON views.reviews (office, asked_at, stream, clock)
    WHERE noted_at IS NULL;

GRANT SELECT ON views.law_passes, views.moved_due, views.reviews TO tiepdan_app;

RESET ROLE;
