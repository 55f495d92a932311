"""Sets up sendgap and runs it: ``python run.py`` for the app, ``python run.py test`` for the tests.

Uses the standard library only, and keeps to syntax that old Pythons can read far enough to
say which Python is needed. Everything is installed into ``.venv`` in this folder.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
OLDEST = (3, 11)
THIS = "{}.{}".format(*sys.version_info)
DEFAULT_PORT = 8501
GRACE = 5  # seconds in which a program may end by itself
BUILD = ("sendgap", "build", "--if-needed")
APP_PACKAGES = ("requirements.txt",)
TEST_PACKAGES = ("requirements.txt", "requirements-dev.txt")
FAST_TESTS = ("-m", "not browser and not long")
#: Two at a time where nothing was asked for in particular: a whole file each, as the tests of a
#: file share what takes long to make, and in their order, so that none of the long is left last.
TOGETHER = ("-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder")
CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
PIP_ADVICE = """\
Check the network connection, or pip's own settings if packages come from somewhere else
(PIP_INDEX_URL, PIP_FIND_LINKS, a proxy). Then run this command again."""
WHEELS_ADVICE = """\
Ready-made packages exist for 64-bit Python 3.11 to 3.14; on Windows with an ARM processor
use the x64 Python."""
USAGE = """\
python run.py [app] [--port N] [--no-browser]
    sets up everything that is missing and opens the app on this computer
python run.py test [--all] [pytest arguments]
    sets up everything that is missing, then runs the tests; --all adds ruff, mypy,
    the long tests and the browser tests
python run.py tour
    writes pictures of every page into docs/tour.md; needs Chromium"""


def version_problem(version: "tuple[int, ...]") -> str:
    """What is wrong with this version of Python; empty when it will do."""
    if version >= OLDEST:
        return ""
    return (
        "sendgap needs Python 3.11 to 3.14 and this is Python {}.{}. Install a newer one from "
        "python.org or your system's packages, then start run.py with it, for example: "
        "python3.11 run.py"
    ).format(*version)


if version_problem(sys.version_info[:2]):
    sys.exit(version_problem(sys.version_info[:2]))


class Failure(Exception):
    """A step that failed; the message is for the person at the keyboard."""


def say(message: str) -> None:
    """One plain line, at once: the programs started here write to the same screen."""
    print(message, flush=True)


def venv_python(windows: bool = os.name == "nt") -> Path:
    """Where the virtual environment keeps its Python."""
    return VENV / "Scripts" / "python.exe" if windows else VENV / "bin" / "python"


def environment() -> dict[str, str]:
    """The caller's environment, pip's settings included, less what would misdirect a venv."""
    misleading = ("PYTHONHOME", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    kept = {name: value for name, value in os.environ.items() if name not in misleading}
    return kept | {"PYTHONUTF8": "1", "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def last_lines(text: str, count: int = 8) -> str:
    """The end of what a program wrote, indented."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return "\n".join("    " + line for line in lines[-count:])


def venv_works() -> bool:
    """Whether the virtual environment runs, is for this Python's version, and has pip."""
    asked = f"import sys, pip; sys.exit(sys.version_info[:3] != {tuple(sys.version_info[:3])})"
    command = [str(venv_python()), "-c", asked]
    try:
        return subprocess.run(command, capture_output=True, env=environment()).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """A fresh virtual environment in place of whatever was there."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise Failure(
            "This Python cannot make virtual environments: its module ensurepip is missing.\n"
            f"On Debian and Ubuntu install it with: sudo apt install python{THIS}-venv\n"
            "Then run this command again."
        )
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Failure(
            "The virtual environment must be made again, but it is the one running this command.\n"
            "Deactivate it, then run this command again with the Python it was made from."
        )
    again = "again (it is incomplete or for another Python) " if VENV.exists() else ""
    say(f"Making the virtual environment {again}in .venv ...")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, capture_output=True, env=environment())
    if done.returncode or not venv_works():
        raise Failure(
            "The virtual environment could not be made. Python said:\n"
            + last_lines((done.stdout + done.stderr).decode("utf-8", "replace"))
            + "\nIf sendgap is running in another window, stop it and try again."
        )


def stamp(requirements: str) -> Path:
    """The file that says which requirements are installed in full."""
    return VENV / f"{requirements}.installed"


def fingerprint(requirements: str) -> str:
    """Changes when the Python or what the file asks for changes; line ends do not count."""
    text = (PROJECT / requirements).read_text(encoding="utf-8")
    return hashlib.sha256(f"{tuple(sys.version_info[:3])}\n{text}".encode()).hexdigest()


def installed(requirements: str) -> bool:
    """Whether the file's packages were installed to the end, by this Python, as it stands."""
    try:
        return stamp(requirements).read_text(encoding="utf-8") == fingerprint(requirements)
    except (OSError, UnicodeDecodeError):
        return False


def pip_install(requirements: tuple[str, ...]) -> None:
    """Install ready-made packages only; show what pip is at, keep its words for a failure."""
    command = [str(venv_python()), "-m", "pip", "install", "--only-binary=:all:"]
    for name in requirements:
        command += ["-r", str(PROJECT / name)]
    heard = []
    pip = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=PROJECT, env=environment()
    )
    with ended(pip):
        for line in pip.stdout or ():
            heard.append(line.decode("utf-8", "replace"))
            if sys.stdout.isatty() and line.startswith((b"Collecting", b"Installing")):
                print(f"\r  {' '.join(heard[-1].split()[:2]):<60.60}", end="\r", flush=True)
        if pip.wait():
            raise Failure(pip_failure("".join(heard)))


def pip_failure(words: str) -> str:
    """What pip said when it gave up, and the likely remedies."""
    advice = ["The packages could not be installed. pip said:", last_lines(words), PIP_ADVICE]
    if "No matching distribution" in words:
        advice.append(f"{WHEELS_ADVICE} This is Python {THIS}.")
    if os.name == "nt":
        advice.append("If sendgap is running in another window, stop it first.")
    return "\n".join(advice)


def install(requirements: tuple[str, ...]) -> None:
    """Leave a virtual environment that holds every package asked for.

    The stamps go first and come back last: an environment without any was interrupted
    somewhere, or is not ours, and is made again from nothing.
    """
    stamps = list(VENV.glob("*.installed"))
    if not stamps or not venv_works():
        make_venv()
    elif all(installed(name) for name in requirements):
        return
    say("Installing ({}about a minute) ...".format("" if stamps else "first time, "))
    for old in stamps:
        old.unlink(missing_ok=True)
    began = time.monotonic()
    pip_install(requirements)
    for name in requirements:
        stamp(name).write_text(fingerprint(name), encoding="utf-8")
    say(f"Installed in {time.monotonic() - began:.0f} seconds.")


@contextlib.contextmanager
def ended(child: subprocess.Popen[str] | subprocess.Popen[bytes]) -> Iterator[None]:
    """Leaves no program behind: waits for it after Ctrl-C, ends it when it does not stop."""
    try:
        yield
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=GRACE)  # the terminal told the child too
        raise
    finally:
        if child.poll() is None:
            child.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=GRACE)
            child.kill()  # does nothing once it has ended


def run(*arguments: str) -> int:
    """Run a module of the virtual environment to its end; its exit status."""
    command = [str(venv_python()), "-m", *arguments]
    child = subprocess.Popen(command, cwd=PROJECT, env=environment())
    with ended(child):
        return child.wait()


def port_is_free(port: int) -> bool:
    """Whether the app could listen on this port of this computer."""
    with socket.socket() as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    with socket.socket() as caller:  # some systems let two programs bind one port
        caller.settimeout(0.3)
        return caller.connect_ex(("127.0.0.1", port)) != 0


def choose_port(asked: int | None) -> int:
    """The port asked for, or the first free one from the usual one on."""
    first = asked or DEFAULT_PORT
    free = next((p for p in range(first, min(first + 50, 65536)) if port_is_free(p)), None)
    if free is None:
        raise Failure(f"No free port was found from {first} on. Choose another with --port N.")
    if asked and free != asked:
        raise Failure(f"Port {asked} cannot be used: it is busy or reserved. Try --port {free}.")
    if free != first:
        say(f"Port {first} is busy; using {free}.")
    return free


def port_number(text: str) -> int:
    """A port a person may ask for."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a number, such as 8502")
    return int(text)


def app(arguments: list[str]) -> int:
    """Set up, build the release if need be, serve until stopped."""
    parser = argparse.ArgumentParser(prog="python run.py", usage=USAGE, allow_abbrev=False)
    parser.add_argument("--port", type=port_number)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args(arguments)
    install(APP_PACKAGES)
    if run(*BUILD):
        raise Failure("The release could not be built; the reason stands above.")
    port = choose_port(options.port)
    say(f"Starting sendgap on http://127.0.0.1:{port} ... (Ctrl-C stops it)")
    quiet = ["--no-browser"] if options.no_browser else []
    return run("sendgap.ui.server", "--port", str(port), *quiet)


def test(arguments: list[str]) -> int:
    """Set up, check, and run pytest with whatever else was given."""
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    install(TEST_PACKAGES)
    failed = []
    for command in (BUILD, *(CHECKS if everything else ())):
        say(f"Running {' '.join(command)} ...")
        if run(*command):
            failed.append(" ".join(command))
    say("Running the tests ...")
    status = run("pytest", *(() if everything else FAST_TESTS), *(chosen or TOGETHER))
    if failed:
        say(f"Failed before the tests: {', '.join(failed)}.")
    return status or int(bool(failed))


def tour(arguments: list[str]) -> int:
    """Set up, build the release if need be, photograph every page."""
    if arguments:
        raise Failure(f"tour takes nothing else; found {' '.join(arguments)}.")
    install(TEST_PACKAGES)
    return run(*BUILD) or run("tests.browser.tour")


MODES = {"app": app, "test": test, "tour": tour}


def main(arguments: list[str]) -> int:
    """Do what the command line asks; every failure is a plain message."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    named = arguments[:1] if arguments and arguments[0] in MODES else []
    try:
        return MODES[named[0] if named else "app"](arguments[len(named) :])
    except (Failure, OSError) as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
