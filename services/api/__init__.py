"""The JSON door: what other programs may ask, over HTTP (cửa API).

Routes translate a body to a command, ask :class:`services.casework.Casework`, and give a
receipt; or ask ``projections.queries.Views`` for a board. They decide nothing themselves.
"""
