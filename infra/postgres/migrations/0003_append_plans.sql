-- One plan for ever: with array parameters the planner's own plan always looks cheaper than
-- the cached one, so every batch was planned anew (25 us of 210, under the append turn).

ALTER FUNCTION store.append_batch SET plan_cache_mode = force_generic_plan;
