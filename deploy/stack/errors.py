"""Why the stack cannot start, in one sentence that says what to do."""

from __future__ import annotations


class StackError(Exception):
    """The stack cannot start."""


class PortInUse(StackError):
    """Somebody else listens on a port that Waymark needs."""

    def __init__(self, variable: str, port: int) -> None:
        super().__init__(
            f"Port {port} is in use by another program: stop it, or choose another with {variable}."
        )


class NoSpace(StackError):
    """The disk is too full to start on."""

    def __init__(self, path: object, free: int, wanted: int) -> None:
        super().__init__(
            f"Only {free} MB are free at {path}, and Waymark needs {wanted} MB: make room and start again."
        )


class DatabaseFailed(StackError):
    """The embedded database did what it should not."""

    def __init__(self, step: str, log: object) -> None:
        super().__init__(f"The embedded database failed at '{step}'; see {log}.")


class PartFailed(StackError):
    """One part ended or never became ready."""

    def __init__(self, part: str, log: object) -> None:
        super().__init__(f"The part '{part}' did not come up; see {log}.")
