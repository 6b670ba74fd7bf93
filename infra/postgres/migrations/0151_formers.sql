-- The abolished offices a piece of work lay at before: so that it can be counted by the unit of
-- then. Found by them too: the board of an old unit shows what came from there.

SET LOCAL ROLE tiepdan_projector;

ALTER TABLE views.petitions ADD COLUMN formers text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.offers ADD COLUMN formers text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.cases ADD COLUMN formers text[] NOT NULL DEFAULT '{}';

CREATE INDEX petitions_formers ON views.petitions USING gin (formers)
    WHERE formers <> '{}' AND ended_on IS NULL;
CREATE INDEX offers_formers ON views.offers USING gin (formers)
    WHERE formers <> '{}' AND answered_at IS NULL;
CREATE INDEX cases_formers ON views.cases USING gin (formers)
    WHERE formers <> '{}' AND state <> 'closed';

RESET ROLE;
