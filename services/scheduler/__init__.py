"""The scheduler: whoever lets a file wait too long is told, once, by a fact (bộ nhắc việc).

It follows the store's own log. ``steps`` is the work: take in news, look at files, record what
fell; ``program`` the life around it: stand by, take over, drain; ``health`` tells. Which
reminders wait for a file is said by :mod:`domain.policies.reminding`.
"""
