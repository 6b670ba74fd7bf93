"""The projector: the shared stream into rows, by as many processes as wish (bộ chiếu).

``shares`` decides who has which lanes, ``lanes`` folds one lane's batches, ``worker`` polls
and has three lanes under way at a time, ``around`` looks at them all once a second,
``program`` is the life around it.
"""
