-- A mission's people may be offered help, leave and arrive in parts. Rows folded before kept the
-- newest part instead of the sum: where there was more than one, the views are made anew.

SELECT views.must_be_made_anew(
        '0193_mission_parts', 'the people of a return mission who were counted in parts'
    )
    WHERE EXISTS (
        SELECT FROM views.missions AS mission
        JOIN store.stored_events AS fact ON fact.originator_id = mission.mission_id
        WHERE fact.topic LIKE 'return_mission.offered/%'
            OR fact.topic LIKE 'return_mission.departed/%'
            OR fact.topic LIKE 'return_mission.arrived_home/%'
        GROUP BY mission.mission_id, fact.topic
        HAVING count(*) > 1
    );
