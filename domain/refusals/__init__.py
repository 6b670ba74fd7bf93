"""Which rules may be broken: one class a rule, with a code that never changes (lý do từ chối).

The class says which rule; the reason given where it is raised says what to do about it.
"""
