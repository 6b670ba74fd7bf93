"""Live signals (SSE): "something changed here, fetch it again", never what changed.

A signal has a topic and a unit or thing; the reader fetches with its own rights. So there
is one path of authorisation, and a frame can leak nothing but a moment.
"""
