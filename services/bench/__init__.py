"""How fast the house is, against what bare parts of the same machine do (đo tốc độ).

A module per row of design.md 9. Each runs the house's own code and a plain counterpart in
turn, several times, and gives a :class:`~services.bench.figures.Figure`. ``runner`` names
the rows, ``ground`` has the throw-away servers, ``material`` the facts of real use.
"""
