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
    assert f"{pair.home}/secrets/application.pgpass" in done.stdout
    status = pair.json("status", *there)
    assert status["postgres"]["state"] == status["dynamodb"]["state"] == "running"
    done = pair.run("migrate", "revert", "--yes", *there)
    assert f"reverting PostgreSQL of {pair.home}" in done.stderr
    assert pair.lines("migrate", "info", *there)[-1]["state"] == "pending"
    assert shared_home.lines("migrate", "info") == before
    # Without --home the environment decides, and the message says whose database that is.
    done = pair.run("migrate", "revert", code=64)
    assert f"in PostgreSQL of {shared_home.home} (named by DATABASE_URL)" in done.stderr
    assert shared_home.lines("migrate", "info") == before
    assert "DATABASE_URL and DYNAMODB_ENDPOINT lead to" not in done.stderr, "one home is meant, and no other is named"
    # MIYABI_HOME names a home, and the addresses are another's.
    named = {"MIYABI_HOME": str(pair.home)}
    for command, code in (["migrate", "revert"], 64), (["migrate", "run"], 0), (["backup"], 1):
        done = pair.run(*command, code=code, **named)
        assert (f"DATABASE_URL and DYNAMODB_ENDPOINT lead to {shared_home.home}, but MIYABI_HOME names {pair.home}"
                in done.stderr)
    # One half of each home.
    done = pair.run("import", "github", "-", input="", DYNAMODB_ENDPOINT="", **named)
    assert f"PostgreSQL is that of {shared_home.home}, DynamoDB that of {pair.home}" in done.stderr
    assert f"importing into PostgreSQL of {shared_home.home} (named by DATABASE_URL)" in done.stderr


@pytest.mark.parametrize("command", [
    ["migrate", "revert"], ["reset"], ["usage", "expire", "--before", "2020-01"], ["recovery", "disable"],
    ["license", "revoke", "0a000000-0000-4000-8000-000000000001"]])
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


def test_what_replaces_a_key_asks(home, tmp_path):
    data = tmp_path / "data"
    key = home.run("dynamodb", "keys", "add", "--data", data).stdout.split("\n")[0].split("=")[1]
    removal = ["dynamodb", "keys", "remove", "--data", data, key]
    assert f"access key {key} of {data}" in home.run(*removal, code=64, input="yes\n").stderr
    assert answer(home, removal, "no\n") == (1, True)
    assert home.run("dynamodb", "keys", "list", "--data", data).stdout.split() == [key]
    assert answer(home, removal, "yes\n") == (0, False)
    assert home.run("dynamodb", "keys", "list", "--data", data).stdout == ""

    keys = ["--keys", tmp_path / "licences"]
    home.run("license", "rotate", *keys)  # The first one replaces none.
    first = home.run("license", "keys", *keys).stdout
    assert "--yes" in home.run("license", "rotate", *keys, code=64).stderr
    assert answer(home, ["license", "rotate", *keys], "no\n") == (1, True)
    assert home.run("license", "keys", *keys).stdout == first
    assert answer(home, ["license", "rotate", *keys], "yes\n") == (0, False)
    assert len(home.run("license", "keys", *keys).stdout.splitlines()) == 2


def test_backups_are_not_deleted_unasked(home):
    home.up()
    # A nightly job learns it on its first night, when there is nothing to delete yet.
    assert "--yes" in home.run("backup", "--keep", 1, code=64).stderr
    first = home.json("backup", "--keep", 1, "--yes")["name"]
    done = home.run("backup", "--keep", 1, code=64)
    assert f"all but the newest 1 of {home.home}, now {first}" in done.stderr
    assert answer(home, ["backup", "--keep", 1], "no\n") == (1, True)
    assert [made["name"] for made in home.lines("backup", "list")] == [first]
    assert answer(home, ["backup", "--keep", 1], "yes\n") == (0, False)
    left = [made["name"] for made in home.lines("backup", "list")]
    assert len(left) == 1 and left != [first]


def test_an_answer_goes_on(home):
    home.up()
    home.down()
    assert answer(home, ["reset"], home.home.name + "\n") == (0, False)
    assert not home.home.exists()
