"""Which home a command means, whose it is, and what is asked before anything is destroyed."""

import os
import pty
import subprocess

from conftest import Home, remove_home
import pytest


@pytest.fixture
def pair(shared_home, tmp_path):
    """A home beside one that runs, in a shell that has read the other's `env`."""
    copy = Home(tmp_path)
    del copy.environment["MIYABI_HOME"]
    copy.environment |= shared_home.connection
    yield copy
    copy.environment["MIYABI_HOME"] = str(copy.home)
    remove_home(copy)


def test_home_wins_over_what_another_home_printed(pair, shared_home):
    there = ("--home", pair.home)
    before = shared_home.lines("migrate", "info")
    done = pair.run("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0, *there)
    assert f"DATABASE_URL is left aside: it is that of {shared_home.home}" in done.stderr
    assert f"{pair.home}/secrets/pgpass" in done.stdout
    status = pair.json("status", *there)
    assert status["postgres"]["state"] == status["dynamodb"]["state"] == "running"
    done = pair.run("migrate", "revert", "--yes", *there)
    assert f"reverting PostgreSQL of {pair.home}" in done.stderr
    assert pair.lines("migrate", "info", *there)[-1]["state"] == "pending"
    assert shared_home.lines("migrate", "info") == before
    # Without --home the environment decides, and the message says which database that is.
    done = pair.run("migrate", "revert", code=64)
    assert "the external PostgreSQL" in done.stderr and shared_home.lines("migrate", "info") == before


@pytest.mark.parametrize("command", [
    ["migrate", "revert"], ["reset"], ["usage", "expire", "--before", "2020-01"], ["recovery", "disable"]])
def test_what_destroys_asks(command, shared_home):
    done = shared_home.run(*command, code=64, input="yes\n")
    assert str(shared_home.home) in done.stderr and "--yes" in done.stderr
    assert answer(shared_home, command, "no\n") == (1, True)
    assert all(migration["state"] == "applied" for migration in shared_home.lines("migrate", "info"))


def answer(home, command, text):
    """Answers at a terminal; the exit code, and whether nothing was changed by its own account."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(home.command(*command), cwd=home.work, env=home.environment, stdin=theirs, stdout=theirs,
                               stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"to continue: " not in shown:
        shown += os.read(ours, 1000)
    os.write(ours, text.encode())
    code = process.wait(timeout=60)
    try:
        while piece := os.read(ours, 1000):
            shown += piece
    except OSError:
        pass  # The terminal's other end is closed.
    os.close(ours)
    return code, b"nothing was changed" in shown


def test_an_answer_goes_on(home):
    home.up()
    home.down()
    assert answer(home, ["reset"], home.home.name + "\n") == (0, False)
    assert not home.home.exists()
