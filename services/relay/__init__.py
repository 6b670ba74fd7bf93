"""The relay: every fact of the store onto Kafka, in order, by one process at a time (bộ chuyển).

``rounds`` is the work, ``lease`` the right to do it, ``program`` the life around both:
stand by, take over, drain, exit code. A second relay is a standby.
"""
