-- How often rows were set right otherwise than by the next facts of their lane: by what had been
-- set aside, by a pass over due days, by other views put in their place. Live pages that showed
-- them fetch anew. Kept beside the views: it counts on while they are made anew and put back.

SET LOCAL ROLE tiepdan_projector;

CREATE TABLE views.amended (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    times bigint NOT NULL
) WITH (fillfactor = 50);
GRANT SELECT ON views.amended TO tiepdan_app;

RESET ROLE;
