"""Domain, relay and projector in one process, every step and every fault drawn from a seed.

``scheduler`` has the only time there is, ``seams`` the places where anything may happen,
``world`` the stage, ``offices``, ``relays`` and ``projectors`` its actors, ``chaos`` what is
done to them, ``oracle`` what must be true in the end, ``run`` one seed or many.
"""
