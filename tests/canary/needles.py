"""Looks for texts where none may be: in the database, on the topics, in every file of a stack."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg
from kafka import KafkaConsumer, TopicPartition
from psycopg import sql

TABLES = """
SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)
FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
ORDER BY schemaname, tablename
"""


def in_database(dsn: str, needles: Iterable[str]) -> set[tuple[str, str]]:
    """(table, needle) for each needle in the bytes of any of our tables, the vault's too."""
    wanted = list(needles)
    found: set[tuple[str, str]] = set()
    with psycopg.connect(dsn) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            rows = _dump(connection, table)
            found |= {(table, needle) for needle in wanted if _holds(rows, needle)}
    return found


def on_topics(bootstrap: str, needles: Iterable[str]) -> set[tuple[str, str]]:
    """(topic, needle) for each needle in a key, a value or a header of any record."""
    wanted = list(needles)
    found: set[tuple[str, str]] = set()
    for topic, raw in _records(bootstrap):
        found |= {(topic, needle) for needle in wanted if _holds(raw, needle)}
    return found


def in_files(folder: Path, needles: Iterable[str], scratch: Path) -> list[str]:
    """Every file below a folder that holds any of the needles, in any case of letters."""
    patterns = scratch / "needles"
    patterns.write_text("\n".join(needles), encoding="utf-8")
    options = ["--recursive", "--text", "--files-with-matches", "--fixed-strings", "--ignore-case"]
    argv = ["grep", *options, f"--file={patterns}", str(folder)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def _holds(raw: bytes, needle: str) -> bool:
    return needle.casefold().encode() in raw


def _dump(connection: psycopg.Connection[tuple[str]], table: str) -> bytes:
    """A whole table in binary, as the server keeps it; letters in lower case."""
    dump = bytearray()
    with connection.cursor().copy(
        sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.SQL(table))
    ) as copied:
        for part in copied:
            dump += bytes(part)
    return bytes(dump).lower()


def _records(bootstrap: str) -> Iterator[tuple[str, bytes]]:
    """Every record of every topic, as it lies there; letters in lower case."""
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        enable_auto_commit=False,
        group_id=None,
        consumer_timeout_ms=5_000,
    )
    try:
        parts = [
            TopicPartition(topic, number)
            for topic in sorted(consumer.topics())
            for number in consumer.partitions_for_topic(topic) or ()
        ]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        left = {part for part, end in consumer.end_offsets(parts).items() if end}
        ends = consumer.end_offsets(parts)
        while left:
            polled = consumer.poll(timeout_ms=5_000)
            assert polled, f"the broker gave nothing of {left}"
            for part, records in polled.items():
                for each in records:
                    headers = b"".join(name.encode() + value for name, value in each.headers)
                    raw = (each.key or b"") + (each.value or b"") + headers
                    yield part.topic, raw.lower()
                if records[-1].offset >= ends[part] - 1:
                    left.discard(part)
    finally:
        consumer.close()
