"""Make .venv in the clone and install the locked packages into it; with --dev also what tests need.

Runs on any Python 3 (old ones get a sentence, not a syntax error), on Linux, macOS and Windows. Doing it
again costs nothing: a stamp remembers what was installed. Nothing is written outside the clone.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOG = ROOT / "var" / "set-up.log"


def stop(sentence):  # type: ignore[no-untyped-def]
    """End with one plain sentence."""
    sys.exit("duixian: " + sentence)


def check_interpreter():  # type: ignore[no-untyped-def]
    """Refuse a Python that cannot run the project or cannot make a virtual environment."""
    if not (3, 11) <= sys.version_info < (3, 15):
        this = ".".join(map(str, sys.version_info[:3]))
        stop(
            "Python 3.11 to 3.14 is needed, this is "
            + this
            + ": install one, then `make run PYTHON=its-path`."
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("this Python has no venv module: install it (on Debian and Ubuntu: apt install python3-venv).")


def stamp(lock):  # type: ignore[no-untyped-def]
    """What an installation depends on: the lock, the project's own metadata and where the clone stands."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (lock, "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def quietly(doing, *command):  # type: ignore[no-untyped-def]
    """Run a command with one line on the terminal; its own output goes to the log, shown if it fails."""
    print("  " + doing + " ...", flush=True)
    LOG.parent.mkdir(exist_ok=True)
    environment = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0")
    # pip asks `rustc` for its version, and rustup's one then writes into the home folder.
    environment.setdefault("RUSTUP_HOME", str(LOG.parent / "cache" / "rustup"))
    with LOG.open("ab") as log:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=str(ROOT),
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        tail = LOG.read_bytes().decode("utf-8", "replace").splitlines()[-12:]
        print("\n".join("    " + line for line in tail), file=sys.stderr)
        stop("set-up failed while " + doing + "; the whole output is in " + str(LOG) + ".")


def runs():  # type: ignore[no-untyped-def]
    """Whether .venv holds a working Python that is new enough."""
    probe = "import pip, sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))"
    try:
        return subprocess.run([str(PYTHON), "-c", probe], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def install(lock, mark):  # type: ignore[no-untyped-def]
    """Install what a lock lists (hash-checked) and the project itself, unless that was done already."""
    mark_file = VENV / mark
    wanted = stamp(lock)
    if mark_file.is_file() and mark_file.read_text() == wanted and runs():
        mark_file.touch()
        return
    LOG.unlink(missing_ok=True) if LOG.parent.is_dir() else None
    if not runs():
        quietly("making .venv", sys.executable, "-m", "venv", "--clear", VENV)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    if "PIP_CACHE_DIR" not in os.environ:
        pip.append("--no-cache-dir")
    # The lock is complete, so there is nothing to resolve; pip before 23.3 fails on extras when it tries.
    pip.append("--no-deps")
    # Python compiles what is imported when it is: most of what these packages hold never is.
    pip.append("--no-compile")
    quietly("installing the packages of " + lock, *pip, "--require-hashes", "-r", lock)
    quietly("installing duixian itself", *pip, "--no-build-isolation", "-e", ".")
    quietly("checking that they fit together", PYTHON, "-m", "pip", "check")
    mark_file.write_text(wanted)


def main():  # type: ignore[no-untyped-def]
    """Set up for running, or with --dev for testing too."""
    if sys.argv[1:] not in ([], ["--dev"]):
        stop("usage: python3 deployments/setup.py [--dev]")
    check_interpreter()
    install("requirements.lock", ".set-up")
    if sys.argv[1:]:
        install("requirements-dev.lock", ".set-up-dev")


if __name__ == "__main__":
    main()
