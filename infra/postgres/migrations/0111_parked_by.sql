-- Which projections have not folded a record that was set aside (empty: none has), and how
-- often it was tried. A projection that was added later may refuse what others folded long
-- ago: they must not fold it again when it is released.

SET LOCAL ROLE tiepdan_projector;

ALTER TABLE views.parked
    ADD COLUMN unfolded_by text[] NOT NULL DEFAULT '{}',
    ADD COLUMN tried integer NOT NULL DEFAULT 1,
    ADD COLUMN tried_at timestamptz NOT NULL DEFAULT clock_timestamp();

RESET ROLE;
