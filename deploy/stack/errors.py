"""Why the stack cannot start, in one sentence that says what to do."""

from __future__ import annotations


class StackError(Exception):
    """The stack cannot start."""


class PortInUse(StackError):
    """Somebody else listens on a port that Waymark needs."""

    def __init__(self, variable: str, port: int) -> None:
        super().__init__(
            f"Port {port} is in use by another program:"
            f" stop that program, or choose another port with {variable}."
        )


class HomeUnusable(StackError):
    """The folder for keys and data cannot be written."""

    def __init__(self, home: object) -> None:
        super().__init__(
            f"WAYMARK_HOME ({home}) cannot be written: choose a folder that belongs to you."
        )


class NoSpace(StackError):
    """The disk is too full to start on."""

    def __init__(self, path: object, free: int, wanted: int) -> None:
        super().__init__(
            f"Only {free} MB are free at {path}, and Waymark needs {wanted} MB:"
            " make room and start again."
        )


class DirectoryUnreadable(StackError):
    """The site's services cannot be loaded; the message says why."""


class PartFailed(StackError):
    """One part ended or never became ready."""

    def __init__(self, missing: str, logs: object) -> None:
        super().__init__(f"Waymark did not come up (missing: {missing}); see the logs in {logs}.")
