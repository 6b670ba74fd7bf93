"""Forty offices at work over HTTP, and the oracle that counts afterwards (thử tải).

``scripts`` is what an office does with one petition or crowd, ``client`` sends it with
retries by key, ``run`` keeps the rate, ``oracle`` compares what was acknowledged with
store, stream and views. design.md 10.
"""
