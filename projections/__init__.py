"""What each level sees: folds from facts to rows, and the boards made of rows.

Every row is fed by exactly one stream, or is a tally sharded by lane: so projectors
of different lanes never write one row, and no order between streams matters.
"""
