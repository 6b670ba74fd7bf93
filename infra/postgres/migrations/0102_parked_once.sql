-- A record may come again at another offset: sent twice, or the topic was made anew. Set aside
-- a second time it would later be folded twice. Records without a place in the chain (position
-- 0) are told apart by their offsets alone.

SET LOCAL ROLE tiepdan_projector;

DELETE FROM views.parked AS later USING views.parked AS first
WHERE later.position > 0 AND first.lane = later.lane AND first.position = later.position
    AND first.record_offset < later.record_offset;
CREATE UNIQUE INDEX parked_place ON views.parked (lane, position) WHERE position > 0;

RESET ROLE;
