"""Install the locked packages into ``.venv`` and ``.venv-engine``, once per change.

Uses nothing but Python itself to begin with. The fast installer it brings along
is pinned like everything else; where that cannot work, pip does the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
TOOLS = ROOT / ".venv-install"
#: Where each set of packages goes. "check" is "app" and the tools that check it.
PLACES = {"app": ".venv", "check": ".venv", "engine": ".venv-engine"}
SATISFIED_BY = {"app": ("app", "check"), "check": ("check",), "engine": ("engine",)}
NEEDED_MB = 4000


def main(names: list[str]) -> int:
    """Install each of ``names``; 0 when all are there."""
    missing = [name for name in names if not is_installed(name)]
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if missing and free < NEEDED_MB:
        print(f"Only {free} MB are free, and installing needs {NEEDED_MB} MB.", file=sys.stderr)
        return 1
    try:
        for name in missing:
            print(f"Installing packages: {name} (a minute or two, once) ...", flush=True)
            install(name)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"Packages could not be installed: {error}", file=sys.stderr)
        print("Is the package index reachable, and is python3.11-venv there?", file=sys.stderr)
        return 1
    return 0


def is_installed(name: str) -> bool:
    """Whether the place of ``name`` holds exactly what its lock asks for."""
    stamp = ROOT / PLACES[name] / "waymark-lock"
    wanted = {fingerprint(other) for other in SATISFIED_BY[name]}
    return stamp.exists() and stamp.read_text() in wanted


def fingerprint(name: str) -> str:
    """Changes when the lock of ``name`` does."""
    return hashlib.sha256((REQUIREMENTS / f"{name}.txt").read_bytes()).hexdigest()


def install(name: str) -> None:
    """Bring one place to what the lock of ``name`` says."""
    place = ROOT / PLACES[name]
    stamp = place / "waymark-lock"
    stamp.unlink(missing_ok=True)
    make(place, with_pip=False)
    sync(place, REQUIREMENTS / f"{name}.txt")
    if name != "engine":
        (packages(place) / "waymark.pth").write_text(f"{ROOT}\n")
        make_command(place)
    stamp.write_text(fingerprint(name))


def make(place: Path, *, with_pip: bool) -> None:
    """A virtual environment at ``place``, unless a working one is there."""
    if not (place / "bin" / "python").exists():
        venv.create(place, with_pip=with_pip, clear=place.exists(), symlinks=True)


def sync(place: Path, lock: Path) -> None:
    """Exactly the packages of ``lock``, each with the hash that it names."""
    make(TOOLS, with_pip=True)
    pip = [TOOLS / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "-r"]
    run([*pip, *hashed, REQUIREMENTS / "install.txt"])
    python = place / "bin" / "python"
    try:
        sync_all = [TOOLS / "bin" / "uv", "pip", "sync", "-q", "--python", python]
        run([*sync_all, "--require-hashes", lock])
    except subprocess.CalledProcessError:
        run([*pip[:-3], "--python", python, *pip[-3:], *hashed, lock])


def make_command(place: Path) -> None:
    """The command ``waymark``, which runs this very folder."""
    command = place / "bin" / "waymark"
    command.write_text(
        f"#!{place / 'bin' / 'python'}\nimport sys\nfrom bot.cli import main\nsys.exit(main())\n"
    )
    command.chmod(0o755)


def packages(place: Path) -> Path:
    """Where ``place`` keeps its packages."""
    return place / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def run(command: list[object]) -> None:
    """Run ``command`` or raise. The installer goes to the index that pip was told of."""
    index = os.environ.get("PIP_INDEX_URL")
    known = {"UV_DEFAULT_INDEX": index} if index else {}
    subprocess.run([str(word) for word in command], check=True, env={**known, **os.environ})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
