"""The reconciler: store and stream held against each other, for ever (bộ đối chiếu).

``lane`` compares one lane, ``passing`` goes once over what is new, ``program`` does so every
minute, ``mend`` has the relay send again what is missing, ``health`` tells.
"""
