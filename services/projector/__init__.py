"""The projector: the shared stream into rows, by as many processes as wish (bộ chiếu).

``shares`` decides who has which lanes, ``lanes`` folds one lane's batches, ``worker`` polls
and keeps lanes and shares together, ``program`` is the life around it.
"""
