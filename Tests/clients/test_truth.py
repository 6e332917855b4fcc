"""What `up`, `status` and `down` say is so: to other accounts, interrupted, at the same time, with nothing to start."""

import json
import os
import pwd
import signal
import subprocess

import pytest
from test_up import wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another account")


@as_root
def test_another_account_is_told_that_it_cannot_look(shared_home):
    for command in ["status"], ["down"], ["reset", "--yes"], ["migrate", "info"], ["up", "--detach"], ["license", "keys"]:
        done = subprocess.run(shared_home.command(*command), cwd="/", env=shared_home.environment, user="nobody",
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 1, (command, done)
        assert f"{shared_home.home} belongs to user root, and this is nobody" in done.stderr, (command, done)
    shared_home.run("status")


@as_root
def test_root_leaves_nothing_in_the_home_of_an_account(home):
    home.home.mkdir()
    (home.home / "miyabi-home").touch()
    nobody = pwd.getpwnam("nobody")
    for path in home.home / "miyabi-home", home.home:
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    for command in ["up", "--detach"], ["license", "rotate"]:
        done = home.run(*command, code=1)
        assert f"{home.home} belongs to user nobody, and this is root" in done.stderr
    home.run("down")
    assert [path.name for path in home.home.iterdir()] == ["miyabi-home"]


def test_status_tells_what_is_pending(home):
    home.up()
    home.run("status")
    home.run("migrate", "revert", "--yes")
    done = home.run("status", code=3)
    assert "1 of Miyabi's migrations is pending" in done.stdout
    home.run("migrate", "run")
    home.run("status")


def detached(home):
    return subprocess.Popen(
        home.command("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0), cwd=home.work, env=home.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_an_interrupted_start_starts_nothing(home):
    for sent in signal.SIGINT, signal.SIGHUP:
        start = detached(home)
        wait_until((home.home / "run/state.json").exists)
        start.send_signal(sent)
        assert start.wait(timeout=60) == 130
        assert "not running" in home.run("status", code=3).stdout
        assert not (home.home / "run/state.json").exists()


def test_two_starts_at_once_find_one_database(home):
    starts = [detached(home) for _ in range(3)]
    results = [start.communicate(timeout=120) for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], results
    assert len({out for out, _ in results}) == 1
    assert sum("already running" in err for _, err in results) == 2
    # Port 0 is any free one, and stays the same as long as nobody else takes it.
    home.down()
    again = detached(home)
    assert again.communicate(timeout=120)[0] == results[0][0]


def test_with_both_halves_elsewhere_up_relays(home, shared_home):
    home.environment |= shared_home.connection
    done = home.run("up", "--detach")
    assert "both halves are external, and the outbox between them is relayed" in done.stderr and done.stdout == ""
    status = json.loads(home.run("status", "--json").stdout)
    assert status["phase"] == "ready" and status["postgres"]["state"] == status["dynamodb"]["state"] == "external"
    assert "stopped" in home.run("down").stderr
    assert "nothing is running" in home.run("down").stderr
