-- Parts of work that an office has only until a person decides where an abolished office's
-- work goes: an entry for each part, side by side in three lists. And how such work is found.

SET LOCAL ROLE tiepdan_projector;

ALTER TABLE views.petitions
    ADD COLUMN interim_seats text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_for text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_at text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.cases
    ADD COLUMN interim_seats text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_for text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_at text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.gatherings
    ADD COLUMN interim_seats text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_for text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_at text[] NOT NULL DEFAULT '{}';
ALTER TABLE views.missions
    ADD COLUMN interim_seats text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_for text[] NOT NULL DEFAULT '{}',
    ADD COLUMN interim_at text[] NOT NULL DEFAULT '{}';

CREATE INDEX petitions_undecided ON views.petitions (petition_id) WHERE interim_for <> '{}';
CREATE INDEX cases_undecided ON views.cases (case_id) WHERE interim_for <> '{}';
CREATE INDEX gatherings_undecided ON views.gatherings (gathering_id) WHERE interim_for <> '{}';
CREATE INDEX missions_undecided ON views.missions (mission_id) WHERE interim_for <> '{}';

CREATE INDEX cases_accused ON views.cases (accused_office)
    WHERE accused_office IS NOT NULL AND state <> 'closed';
CREATE INDEX cases_handler ON views.cases (office, handler)
    WHERE handler IS NOT NULL AND state <> 'closed';
CREATE INDEX missions_follow_up ON views.missions (follow_up_on) WHERE follow_up_on IS NOT NULL;

RESET ROLE;
