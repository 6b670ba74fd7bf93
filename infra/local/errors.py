"""What can go wrong with the local stack, said so that the reader can mend it."""


class LocalStackError(RuntimeError):
    """A part of the local stack cannot start; the message names the remedy."""


class MissingProgram(LocalStackError):
    """A program the machine must bring (Java, Maven) is not there or too old."""


class AlreadyRunning(LocalStackError):
    """Another process owns this state folder."""
