-- What each level sees. One table per row type of projections/, columns as its fields.
-- All of it can be made again from the store. The projector's role owns it, because a
-- rebuild makes new tables beside these and swaps them in.

CREATE SCHEMA views AUTHORIZATION tiepdan_projector;
CREATE SCHEMA views_next AUTHORIZATION tiepdan_projector;
CREATE SCHEMA views_old AUTHORIZATION tiepdan_projector;
GRANT USAGE ON SCHEMA views TO tiepdan_app;

SET LOCAL ROLE tiepdan_projector;

-- Lets one statement of a pipeline fail by itself, without a round trip to ask.
CREATE FUNCTION views.fail(code text, reason text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = code;
END $$;

-- Where each projection stands in each lane, moved in the transaction of its rows.
CREATE TABLE views.progress (
    projection text NOT NULL,
    lane smallint NOT NULL,
    topic_id text NOT NULL,
    next_offset bigint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (projection, lane)
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);

-- Records set aside, each with all later ones of its stream behind it.
CREATE TABLE views.parked (
    lane smallint NOT NULL,
    position bigint NOT NULL,
    record_offset bigint NOT NULL,
    prev bigint NOT NULL,
    stream uuid NOT NULL,
    type_name text NOT NULL,
    body bytea NOT NULL,
    fault text,
    reason text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, position, record_offset)
);
CREATE INDEX parked_stream ON views.parked (stream, position);

CREATE TABLE views.petitions (
    petition_id uuid PRIMARY KEY,
    number text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    field text NOT NULL,
    place text NOT NULL,
    petitioners integer NOT NULL,
    election boolean NOT NULL,
    received_office text NOT NULL,
    received_unit text NOT NULL,
    received_on date NOT NULL,
    in_charge text NOT NULL,
    in_charge_unit text NOT NULL,
    in_charge_since date NOT NULL,
    state text NOT NULL,
    due_on date NOT NULL,
    data_class smallint NOT NULL,
    accused_office text,
    competent_office text,
    repeat_of uuid,
    offer integer,
    offered_to text,
    offered_to_unit text,
    offered_on date,
    reply_due date,
    returns integer NOT NULL,
    disputed_superior text,
    disputed_on date,
    case_id uuid,
    answered_on date,
    ended_on date,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX petitions_open ON views.petitions (in_charge, due_on) WHERE ended_on IS NULL;
CREATE INDEX petitions_received ON views.petitions (received_on, petition_id);
CREATE INDEX petitions_number ON views.petitions (number);
CREATE INDEX petitions_case ON views.petitions (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX petitions_disputed ON views.petitions (disputed_superior)
    WHERE disputed_superior IS NOT NULL;
CREATE INDEX petitions_returned ON views.petitions (in_charge) WHERE state = 'returned';
CREATE INDEX petitions_answered_late ON views.petitions (answered_on) WHERE answered_on > due_on;

CREATE TABLE views.offers (
    petition_id uuid NOT NULL,
    offer integer NOT NULL,
    from_office text NOT NULL,
    from_unit text NOT NULL,
    to_office text NOT NULL,
    to_unit text NOT NULL,
    ground text NOT NULL,
    papers integer NOT NULL,
    offered_at timestamptz NOT NULL,
    offered_on date NOT NULL,
    reply_due date NOT NULL,
    answered_at timestamptz,
    answered_on date,
    how text,
    return_ground text,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (petition_id, offer)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX offers_waiting ON views.offers (to_office, reply_due) WHERE answered_at IS NULL;
CREATE INDEX offers_answered ON views.offers (answered_on, to_office, offered_on)
    WHERE answered_on IS NOT NULL;
CREATE INDEX offers_passed_on ON views.offers (from_office) WHERE how = 'accepted';

CREATE TABLE views.cases (
    case_id uuid PRIMARY KEY,
    number text COLLATE "C" NOT NULL,
    office text NOT NULL,
    unit text NOT NULL,
    kind text NOT NULL,
    field text NOT NULL,
    place text NOT NULL,
    accused_office text,
    data_class smallint NOT NULL,
    petition_id uuid NOT NULL,
    petitions integer NOT NULL,
    opened_on date NOT NULL,
    settle_due date,
    state text NOT NULL,
    handler text,
    reported_to text,
    reported_on date,
    escalated_to text,
    escalated_on date,
    escalation_ground text,
    rung integer NOT NULL,
    told text[] NOT NULL,
    unconfirmed text[] NOT NULL,
    directed_by text,
    directed_on date,
    direction_due date,
    decision text,
    decided_on date,
    closed_on date,
    closed_for text,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX cases_not_closed ON views.cases (office, settle_due) WHERE state <> 'closed';
CREATE INDEX cases_number ON views.cases (number);
CREATE INDEX cases_unconfirmed ON views.cases USING gin (unconfirmed)
    WHERE unconfirmed <> '{}' AND state <> 'closed';
CREATE INDEX cases_escalated ON views.cases (office)
    WHERE escalated_to IS NOT NULL AND state <> 'closed';
CREATE INDEX cases_settled_late ON views.cases (coalesce(decided_on, closed_on))
    WHERE coalesce(decided_on, closed_on) > settle_due;

CREATE TABLE views.gatherings (
    gathering_id uuid PRIMARY KEY,
    office text NOT NULL,
    unit text NOT NULL,
    place text NOT NULL,
    site text NOT NULL,
    home text NOT NULL,
    issue text NOT NULL,
    case_id uuid,
    reported_at timestamptz NOT NULL,
    must_receive text NOT NULL,
    must_come text[] NOT NULL,
    acknowledged text[] NOT NULL,
    count_low integer NOT NULL,
    count_high integer NOT NULL,
    counted_at timestamptz NOT NULL,
    counts integer NOT NULL,
    first_low integer NOT NULL,
    first_high integer NOT NULL,
    received_at timestamptz,
    received_office text,
    received_by text,
    in_person boolean,
    representatives integer,
    dispersed_at timestamptz,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX gatherings_going_on ON views.gatherings (reported_at) WHERE dispersed_at IS NULL;
CREATE INDEX gatherings_over ON views.gatherings (dispersed_at) WHERE dispersed_at IS NOT NULL;

CREATE TABLE views.missions (
    mission_id uuid PRIMARY KEY,
    gathering_id uuid NOT NULL,
    office text NOT NULL,
    unit text NOT NULL,
    site text NOT NULL,
    place text NOT NULL,
    home text NOT NULL,
    home_office text NOT NULL,
    people integer NOT NULL,
    stage text NOT NULL,
    requested_at timestamptz NOT NULL,
    lead_office text,
    lead text,
    officers integer NOT NULL,
    vehicles integer NOT NULL,
    offered integer NOT NULL,
    consented integer NOT NULL,
    declined integer NOT NULL,
    departed integer NOT NULL,
    departed_at timestamptz,
    arrived integer NOT NULL,
    arrived_at timestamptz,
    needs_care boolean NOT NULL,
    receiving_officer text,
    receiving_office text,
    follow_up_on date,
    follow_up_office text,
    closed_at timestamptz,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX missions_under_way ON views.missions (requested_at) WHERE closed_at IS NULL;
CREATE INDEX missions_closed ON views.missions (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX missions_gathering ON views.missions (gathering_id);

CREATE TABLE views.history (
    stream uuid NOT NULL,
    version integer NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    type_name text NOT NULL,
    recorded_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    office text NOT NULL,
    unit text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    offices text[] NOT NULL,
    data_class smallint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (stream, version)
) WITH (autovacuum_vacuum_insert_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.02);
CREATE UNIQUE INDEX history_feed ON views.history (lane, position);
CREATE INDEX history_changes ON views.history (recorded_at)
    WHERE type_name ~ '^(petition|case|gathering|return_mission)[.]';

CREATE TABLE views.access_log (
    stream uuid NOT NULL,
    version integer NOT NULL,
    subject uuid NOT NULL,
    what text NOT NULL,
    purpose text NOT NULL,
    field text,
    entry uuid,
    at_position bigint,
    office text NOT NULL,
    unit text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    occurred_at timestamptz NOT NULL,
    lane smallint NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (stream, version)
) WITH (autovacuum_vacuum_insert_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.02);
CREATE INDEX access_log_subject ON views.access_log (subject, position);

CREATE TABLE views.office_load (
    office text NOT NULL,
    what text NOT NULL,
    due_on date NOT NULL,
    lane smallint NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (office, what, due_on, lane)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
-- What is done stays as a row of zero; boards read only what is not.
CREATE INDEX office_load_waiting ON views.office_load (office, what, due_on) INCLUDE (n)
    WHERE n <> 0;

CREATE TABLE views.office_flow (
    office text NOT NULL,
    day date NOT NULL,
    what text NOT NULL,
    lane smallint NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (office, day, what, lane)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

GRANT SELECT ON ALL TABLES IN SCHEMA views TO tiepdan_app;

RESET ROLE;
