"""The programs ``tiepdan serve`` runs, each put together from its parts (các chương trình).

One module a program, with ``run(settings)``: it lives until SIGTERM. Each imports what that
program uses and nothing of the others, so that a worker starts quickly and stays small.
"""
