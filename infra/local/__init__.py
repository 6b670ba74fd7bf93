"""The local stack: Postgres and Kafka as children of one supervisor, without containers.

``postgres`` and ``kafka`` each prepare a folder and say which command serves it;
``supervisor`` runs such commands, keeps them alive and stops them in order;
``leash`` makes sure that none of them outlives its parent.
"""
