"""What runs a broker: a Java of this machine and the jars of the pinned pom.xml.

The jars are fetched once per user and pom, into the user's cache folder. Maven
compares each of them with its checksum.
"""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.errors import LocalStackError, MissingProgram
from infra.local.tools import run

POM = Path(__file__).with_name("pom.xml")
OLDEST_JAVA = 17
ANSWER_SECONDS = 30.0
FETCH_SECONDS = 900.0
"""Also a slow line brings 44 MB in a quarter of an hour."""
REMEDY = "on Debian: apt-get install --no-install-recommends default-jre-headless maven"

Say = Callable[[str], None]


def say_on_stderr(line: str) -> None:
    """Progress for whoever watches a terminal."""
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Distribution:
    """A Java that is new enough, the folder of the broker's jars, and more flags for Java."""

    java: Path
    jars: Path
    flags: tuple[str, ...] = ()

    def command(self, heap: str, main: str, *arguments: str) -> list[str]:
        """The command line of one of Kafka's programs, small and quick to start."""
        return [
            str(self.java), f"-Xmx{heap}", f"-Xms{heap_at_start(heap)}",
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto",
            *self.flags,
            "-Djava.awt.headless=true", "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp", f"{self.jars}/*", main, *arguments,
        ]  # fmt: skip


def heap_at_start(heap: str) -> str:
    """A quarter of the limit: the rest is taken when it is needed."""
    return f"{int(heap.removesuffix('m')) // 4}m"


def plain_distribution(say: Say, cache: Path) -> Distribution:
    """Java and the jars, fetched when they are not here yet."""
    java = find_java()
    jars = cache / f"kafka-{pom_mark()}"
    if not jars.is_dir():
        fetch(find_maven(), jars, say)
    return Distribution(java, jars)


def is_available() -> bool:
    """Whether this machine can run a broker, without fetching anything."""
    try:
        find_java()
        if not (default_cache() / f"kafka-{pom_mark()}").is_dir():
            find_maven()
    except MissingProgram:
        return False
    return True


def find_java(environ: Mapping[str, str] = os.environ) -> Path:
    """The machine's Java, if it is new enough; JAVA_HOME comes before PATH."""
    places = [environ.get("PATH", os.defpath)]
    if home := environ.get("JAVA_HOME"):
        places.insert(0, f"{home}/bin")
    found = shutil.which("java", path=os.pathsep.join(places))
    if found is None:
        raise MissingProgram(f"a broker needs Java {OLDEST_JAVA} or newer; {REMEDY}")
    told = run([found, "-version"], within=ANSWER_SECONDS).stderr
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise MissingProgram(f"{found} is not Java {OLDEST_JAVA} or newer; {REMEDY}")
    return Path(found)


def find_maven() -> Path:
    """The machine's Maven."""
    found = shutil.which("mvn")
    if found is None:
        raise MissingProgram(f"fetching the broker's jars needs Maven; {REMEDY}")
    return Path(found)


def pom_mark() -> str:
    """Changes with the pom, so that another pin means another folder."""
    return hashlib.sha256(POM.read_bytes()).hexdigest()[:12]


def default_cache() -> Path:
    """The user's cache folder, as the desktop specification has it."""
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "tiepdan"


def fetch(maven: Path, jars: Path, say: Say) -> None:
    """Copy the jars beside their final place, then move them there as a whole."""
    say("fetching Kafka with Maven: about 45 jars, 44 MB, once per user")
    draft = jars.with_name(f"{jars.name}.{os.getpid()}")
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={draft}"]
    argv = [str(maven), "--quiet", "--batch-mode", "--file", str(POM), *goal]
    try:
        done = run(argv, within=FETCH_SECONDS)
    except LocalStackError:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if done.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        told = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise LocalStackError(f"Maven could not fetch Kafka:\n{told}")
    try:
        draft.rename(jars)
    except OSError:
        # Another process was quicker; its copy is as good.
        shutil.rmtree(draft)
    say(f"Kafka is in {jars}")
