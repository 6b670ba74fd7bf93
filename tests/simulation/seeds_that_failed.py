"""Seeds that ever failed, and the defect each showed. They run at every test, for ever.

A change of the simulation plays other worlds under the same numbers: what a defect was is
therefore also told by a test of its own, named here.
"""

SEEDS_THAT_FAILED = {
    50: "a position drawn again by a restored store passed for the fact folded there"
    " (test_another_fact_at_the_same_place_does_not_pass_for_the_one_that_was_folded)",
    109: "the same, in a lane of another projector",
    172: "the same, in a lane that had been given on",
    360: "a lane that stood still went on when its topic was made anew"
    " (test_a_lane_that_stands_still_does_so_on_a_topic_made_anew_too)",
    2651: "the relay's look at the stream's end waited by another clock than the world's",
    3642: "the same, after a lost tail",
    7126: "the same",
    1234: "a lane stood still for ever: its rows were put back, then its topic was made anew"
    " (test_a_lane_that_stood_still_goes_on_when_its_rows_were_put_back_before_the_topic_was_made"
    "_anew)",
    2052: "a carrier that was away for half of a round told that all of it had arrived",
    7795: "the same",
    2567: "a store put back took its cursor with it: what the stream had lost before was no"
    " longer to come by itself, and the simulation waited for it",
    4482: "rows put back while a lane was opened passed for a store that was rewound",
}
