"""The one command that sets everything up, and the server entry it starts.

``run.py`` is tried on a small project of its own, in a folder whose name has a space. Where
programs are started they are real ones; pip, pytest and sendgap are stand-ins that lie in that
project's folder, which ``python -m`` looks into first.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendgap.errors import ReleaseError
from sendgap.ui import server

RUN = Path(__file__).resolve().parents[1] / "run.py"
posix = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent by signals of POSIX")

FAKE_PIP = """
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
with open(here / "calls", "a") as calls:
    asked = [sys.argv[1:], {k: v for k, v in os.environ.items() if k.startswith("PIP_")}]
    calls.write(json.dumps(asked) + "\\n")
print("Collecting streamlit==1.0")
if (here / "fails").exists():
    print("ERROR: No matching distribution found for streamlit==1.0")
    sys.exit(1)
"""
FAKE_PROGRAM = """
import sys, time
print("{name}", *sys.argv[1:], flush=True)
time.sleep({seconds})
"""


def load_run() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", RUN)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_project(folder: Path) -> Path:
    """A project that ``run.py`` can set up without the network."""
    folder.mkdir()
    (folder / "run.py").write_bytes(RUN.read_bytes())
    (folder / "requirements.txt").write_text("streamlit==1.0\n")
    (folder / "requirements-dev.txt").write_text("pytest==1.0\n")
    for name, seconds in (("pytest", 0), ("sendgap", 0), ("sendgap/ui/server", 60)):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").touch()
        program = FAKE_PROGRAM.format(name=name, seconds=seconds)
        (folder / name / "__main__.py").write_text(program)
    (folder / "pip").mkdir()
    (folder / "pip" / "__init__.py").touch()
    (folder / "pip" / "__main__.py").write_text(FAKE_PIP)
    return folder


def pip_calls(project: Path) -> list[tuple[list[str], dict[str, str]]]:
    calls = project / "pip" / "calls"
    return [json.loads(line) for line in calls.read_text().splitlines()] if calls.exists() else []


@pytest.fixture(autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """A run started in the background of a shell inherits Ctrl-C ignored; these tests need
    it heard, here and in the programs they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a stand-in fail to stand in, the real pip finds nothing that it could install."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "nothing here")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """``run.py`` on a small project, with this Python in the virtual environment's place."""
    module = load_run()
    project = make_project(tmp_path / "send gap")
    monkeypatch.setattr(module, "PROJECT", project)
    monkeypatch.setattr(module, "VENV", project / ".venv")
    monkeypatch.setattr(module, "venv_python", lambda: Path(sys.executable))
    monkeypatch.setattr(module, "make_venv", lambda: remake(module.VENV))
    monkeypatch.setattr(module, "venv_works", lambda: module.VENV.is_dir())
    return module


def remake(venv: Path) -> None:
    """Stands for ``make_venv``: an empty one in place of whatever was there."""
    venv.mkdir(exist_ok=True)
    for left in venv.iterdir():
        left.unlink()
    (venv / "made").touch()


# Which Python


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (3, 15)])
def test_pythons_from_3_11_on_are_taken(version: tuple[int, int]) -> None:
    assert load_run().version_problem(version) == ""


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_an_older_python_is_told_what_is_needed(version: tuple[int, int]) -> None:
    problem = load_run().version_problem(version)
    assert "needs Python 3.11 to 3.14" in problem
    assert "this is Python {}.{}".format(*version) in problem


def test_an_old_python_can_read_run_py() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_environment_has_its_python_where_the_system_puts_it() -> None:
    run = load_run()
    assert run.venv_python(windows=True) == run.VENV / "Scripts" / "python.exe"
    assert run.venv_python(windows=False) == run.VENV / "bin" / "python"


def test_a_python_without_ensurepip_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = load_run()
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: name != "ensurepip" or None)
    with pytest.raises(run.Failure, match=rf"sudo apt install python{run.THIS}-venv"):
        run.make_venv()


# Installation


def test_a_first_installation_asks_pip_for_ready_made_packages(run: types.ModuleType) -> None:
    run.install(run.TEST_PACKAGES)
    [(arguments, _)] = pip_calls(run.PROJECT)
    wanted = [str(run.PROJECT / name) for name in run.TEST_PACKAGES]
    assert arguments == ["install", "--only-binary=:all:", "-r", wanted[0], "-r", wanted[1]]


def test_a_repeated_installation_does_nothing(run: types.ModuleType) -> None:
    run.install(run.TEST_PACKAGES)
    run.install(run.TEST_PACKAGES)
    run.install(run.APP_PACKAGES)
    assert len(pip_calls(run.PROJECT)) == 1


def test_the_tests_packages_come_on_top_of_the_apps(run: types.ModuleType) -> None:
    run.install(run.APP_PACKAGES)
    (run.VENV / "made").unlink()
    run.install(run.TEST_PACKAGES)
    assert len(pip_calls(run.PROJECT)) == 2
    assert not (run.VENV / "made").exists()


def test_changed_requirements_are_installed_into_the_same_environment(
    run: types.ModuleType,
) -> None:
    run.install(run.APP_PACKAGES)
    (run.VENV / "made").unlink()
    (run.PROJECT / "requirements.txt").write_text("streamlit==2.0\n")
    run.install(run.APP_PACKAGES)
    assert len(pip_calls(run.PROJECT)) == 2
    assert not (run.VENV / "made").exists()


def test_line_ends_are_no_change(run: types.ModuleType) -> None:
    run.install(run.APP_PACKAGES)
    (run.PROJECT / "requirements.txt").write_bytes(b"streamlit==1.0\r\n")
    assert run.installed("requirements.txt")


def test_an_invalid_stamp_is_not_believed(run: types.ModuleType) -> None:
    run.install(run.APP_PACKAGES)
    run.stamp("requirements.txt").write_bytes(b"\xff\xfe")
    run.install(run.APP_PACKAGES)
    assert len(pip_calls(run.PROJECT)) == 2


def test_an_interrupted_first_installation_starts_from_nothing(run: types.ModuleType) -> None:
    run.VENV.mkdir()
    (run.VENV / "half a package").touch()
    run.install(run.APP_PACKAGES)
    assert not (run.VENV / "half a package").exists()
    assert run.installed("requirements.txt")


def test_an_interrupted_change_starts_from_nothing(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.install(run.TEST_PACKAGES)
    (run.PROJECT / "requirements-dev.txt").write_text("pytest==2.0\n")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(run, "pip_install", lambda _: signal.raise_signal(signal.SIGINT))
        with pytest.raises(KeyboardInterrupt):
            run.install(run.TEST_PACKAGES)
    (run.VENV / "half a package").touch()
    run.install(run.APP_PACKAGES)
    assert not (run.VENV / "half a package").exists()


def test_a_broken_environment_is_made_again(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.install(run.APP_PACKAGES)
    (run.VENV / "made").unlink()
    monkeypatch.setattr(run, "venv_works", lambda: False)
    run.install(run.APP_PACKAGES)
    assert (run.VENV / "made").exists()


def test_pips_failure_is_told_in_its_own_words_without_a_traceback(
    run: types.ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    (run.PROJECT / "pip" / "fails").touch()
    assert run.main(["test"]) == 1
    told = capfd.readouterr().err
    assert "No matching distribution found for streamlit==1.0" in told
    assert f"This is Python {run.THIS}" in told
    assert "PIP_INDEX_URL" in told
    assert "Traceback" not in told
    assert not run.installed("requirements.txt")


def test_pip_keeps_the_users_settings_but_installs_into_the_environment(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_FIND_LINKS", "packages here")
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    run.install(run.APP_PACKAGES)
    [(_, settings)] = pip_calls(run.PROJECT)
    assert settings["PIP_FIND_LINKS"] == "packages here"
    assert "PIP_TARGET" not in settings
    assert settings["PIP_USER"] == "0"


# Ports


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_that_was_asked_for_is_refused_and_another_suggested(busy_port: int) -> None:
    run = load_run()
    with pytest.raises(run.Failure, match=rf"Port {busy_port} .* busy .*--port \d+"):
        run.choose_port(busy_port)


def test_the_usual_port_gives_way_to_the_next_free_one(
    busy_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = load_run()
    monkeypatch.setattr(run, "DEFAULT_PORT", busy_port)
    chosen = run.choose_port(None)
    assert chosen > busy_port
    assert f"Port {busy_port} is busy; using {chosen}." in capsys.readouterr().out


def test_a_port_on_which_someone_listens_everywhere_is_busy() -> None:
    with socket.socket() as listener:
        listener.bind(("0.0.0.0", 0))
        listener.listen()
        assert not load_run().port_is_free(listener.getsockname()[1])


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", ""])
def test_what_is_no_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        load_run().main(["--port", text])
    assert end.value.code == 2
    assert "port" in capsys.readouterr().err


# Command line


@pytest.fixture
def started(run: types.ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The programs started, all of which succeed."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "install", lambda _: None)
    monkeypatch.setattr(run, "port_is_free", lambda _: True)

    def succeed(*command: str) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(run, "run", succeed)
    return commands


@pytest.mark.parametrize("arguments", [[], ["app"]])
def test_the_app_is_what_runs_by_default(
    run: types.ModuleType, started: list[tuple[str, ...]], arguments: list[str]
) -> None:
    assert run.main(arguments) == 0
    assert started == [run.BUILD, ("sendgap.ui.server", "--port", "8501")]


def test_port_and_browser_are_passed_to_the_server(
    run: types.ModuleType, started: list[tuple[str, ...]]
) -> None:
    run.main(["--no-browser", "--port", "8600"])
    assert started[-1] == ("sendgap.ui.server", "--port", "8600", "--no-browser")


def test_an_unknown_word_is_refused(run: types.ModuleType, started: list[object]) -> None:
    with pytest.raises(SystemExit):
        run.main(["tests"])
    assert started == []


def test_tests_leave_out_the_long_and_browser_ones_and_take_pytests_arguments(
    run: types.ModuleType, started: list[tuple[str, ...]]
) -> None:
    assert run.main(["test", "-k", "gap and not rank", "-x"]) == 0
    fast = ("pytest", "-m", "not browser and not long", "-k", "gap and not rank", "-x")
    assert started == [run.BUILD, fast]


def test_the_tour_builds_and_photographs(
    run: types.ModuleType, started: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["tour"]) == 0
    assert started == [run.BUILD, ("tests.browser.tour",)]
    assert run.main(["tour", "--fast"]) == 1
    assert "found --fast" in capsys.readouterr().err


def test_all_adds_the_checks_and_leaves_out_nothing(
    run: types.ModuleType, started: list[tuple[str, ...]]
) -> None:
    assert run.main(["test", "--all", "-q"]) == 0
    assert started == [run.BUILD, *run.CHECKS, ("pytest", "-q")]


def test_all_tests_run_two_at_a_time(run: types.ModuleType, started: list[tuple[str, ...]]) -> None:
    assert run.main(["test", "--all"]) == 0
    assert started[-1][:2] == ("pytest", "-n") and started[-1][2] in ("1", "2")


def test_a_failed_check_is_named_and_the_tests_still_run(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "install", lambda _: None)
    monkeypatch.setattr(run, "run", lambda *command: int(command == ("mypy",)))
    assert run.main(["test", "--all"]) == 1
    told = capsys.readouterr().out
    assert "Running the tests" in told
    assert told.endswith("Failed before the tests: mypy.\n")


def test_the_tests_own_status_is_handed_on(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "install", lambda _: None)
    monkeypatch.setattr(run, "run", lambda *command: 5 if command[0] == "pytest" else 0)
    assert run.main(["test"]) == 5


def test_a_release_that_cannot_be_built_stops_the_app(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "install", lambda _: None)
    monkeypatch.setattr(run, "run", lambda *command: 1)
    assert run.main([]) == 1
    assert "release could not be built" in capsys.readouterr().err


# Programs started


def test_a_programs_exit_status_is_handed_on(run: types.ModuleType) -> None:
    (run.PROJECT / "leaves.py").write_text("raise SystemExit(7)")
    assert run.run("leaves") == 7


@posix
def test_a_program_that_ignores_ctrl_c_is_ended(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "GRACE", 0.2)
    stubborn = "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\n"
    (run.PROJECT / "stubborn.py").write_text(stubborn + "time.sleep(60)")
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        run.run("stubborn")
    with pytest.raises(ProcessLookupError):
        os.kill(int((run.PROJECT / "pid").read_text()), 0)


def test_ctrl_c_is_a_plain_line(
    run: types.ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "install", lambda _: signal.raise_signal(signal.SIGINT))
    assert run.main([]) == 130
    assert capsys.readouterr().out.endswith("Stopped.\n")


# All of it, on a fresh folder


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("fresh") / "send gap copy")


def command(project: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(project / "run.py"), *arguments]


@pytest.mark.long
def test_a_fresh_folder_is_set_up_once(fresh: Path, tmp_path: Path) -> None:
    told = [
        subprocess.run(
            command(fresh, "test", "-k", "nothing"), cwd=tmp_path, capture_output=True, text=True
        )
        for _ in range(2)
    ]
    assert [one.returncode for one in told] == [0, 0], told
    assert "Making the virtual environment in .venv" in told[0].stdout
    assert "Making" not in told[1].stdout and "Installing" not in told[1].stdout
    assert told[1].stdout.splitlines()[-1].startswith("pytest -m not browser and not long")
    assert len(pip_calls(fresh)) == 1


@posix
@pytest.mark.long
def test_ctrl_c_stops_the_app_and_the_server(fresh: Path) -> None:
    runner = subprocess.Popen(
        command(fresh, "--no-browser"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert runner.stdout
    told = []
    for line in runner.stdout:
        told.append(line)
        if line.startswith("sendgap/ui/server"):
            break
    began = time.monotonic()
    os.killpg(runner.pid, signal.SIGINT)
    rest = runner.stdout.read()
    assert runner.wait(timeout=20) == 130, told
    assert rest.endswith("Stopped.\n")
    assert time.monotonic() - began < 5


# The server entry


def stand_in(monkeypatch: pytest.MonkeyPatch, release: object) -> None:
    monkeypatch.setattr("sendgap.ui.cached.release", release)


def test_ready_names_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, lambda: types.SimpleNamespace(rows=lambda _: [("2026-01",)]))
    assert server.readiness() == (200, {"ready": True, "release": "2026-01"})


def test_not_ready_says_why_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_yet() -> None:
        raise ReleaseError("there is no release yet")

    stand_in(monkeypatch, none_yet)
    assert server.readiness() == (503, {"ready": False, "reason": "there is no release yet"})


def test_a_fault_shows_no_details(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("C:/secret/path")

    stand_in(monkeypatch, broken)
    status, body = server.readiness()
    assert status == 503
    assert "secret" not in str(body)


def test_nothing_listening_is_no_answer() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert server.ask_ready(f"http://127.0.0.1:{unused.getsockname()[1]}") is None


def test_the_browser_opens_when_the_server_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([None, {"ready": True, "release": "2026-01"}])
    opened: list[str] = []
    monkeypatch.setattr(server, "ask_ready", lambda _: next(answers))
    monkeypatch.setattr("webbrowser.open", opened.append)
    server.announce("http://127.0.0.1:1", opens_browser=True)
    assert opened == ["http://127.0.0.1:1"]
    assert "ready at http://127.0.0.1:1 (release 2026-01)" in capsys.readouterr().out
