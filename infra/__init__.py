"""What the house stands on: Postgres, Kafka, vault, identity, the local stack.

The only home of drivers, cryptography and the environment. Implements the ports that
:mod:`domain` and :mod:`projections` declare; ``infra.memory`` has a twin of each for tests.
"""
