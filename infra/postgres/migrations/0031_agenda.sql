-- What the scheduler keeps: how far it has read the log, and what each open file waits for.
-- All of it can be made anew from the facts.

CREATE TABLE store.agenda_place (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint NOT NULL DEFAULT 0,
    generation bigint NOT NULL DEFAULT 0,
    edition int NOT NULL DEFAULT 0,
    epoch bigint NOT NULL DEFAULT 0,
    moves bigint NOT NULL DEFAULT 0,
    moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0);
INSERT INTO store.agenda_place DEFAULT VALUES;

-- ``generation`` is that of law and office tree when the file was last looked at; -1: look anew.
CREATE TABLE store.agenda (
    subject uuid PRIMARY KEY,
    generation bigint NOT NULL DEFAULT -1,
    office text NOT NULL DEFAULT '',
    next_at timestamptz,
    policy text,
    due date
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX agenda_next ON store.agenda (next_at, subject) WHERE next_at IS NOT NULL;
CREATE INDEX agenda_generation ON store.agenda (generation, subject);
CREATE INDEX agenda_office ON store.agenda (office);

GRANT SELECT, INSERT, UPDATE, DELETE ON store.agenda TO tiepdan_app;
GRANT SELECT, UPDATE ON store.agenda_place TO tiepdan_app;
