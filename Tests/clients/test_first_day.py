"""What a person does on the first day: seed, psql, logs; and how all commands speak alike."""

import datetime
import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time

import pytest

from conftest import MIYABI, ROOT, parse_environment

SECRET = "a secret's \\ word"


def test_seed_twice(home):
    home.up()
    inserted = home.json("seed")["inserted"]
    assert inserted["users"] == 3 and inserted["plugins"] == 3
    home.up("--seed")
    assert home.json("seed") == {"inserted": {}}
    assert "nothing was inserted" in home.run("seed").stdout
    home.psql("insert into users (email) values ('someone@else.example')")
    refused = home.run("seed", code=1).stderr
    assert "users of its own" in refused and "seed --yes" in refused
    home.psql("delete from workflows")
    assert home.json("seed", "--yes") == {"inserted": {"workflows": 1}}
    # From a home without PostgreSQL of its own, this one is external.
    other = {"MIYABI_HOME": str(home.path / "other"), "DATABASE_URL": home.connection["DATABASE_URL"]}
    assert "DATABASE_URL" in home.run("seed", code=1, **other).stderr
    assert home.json("seed", "--yes", **other) == {"inserted": {}}


def test_psql_passes_arguments_and_exit_codes_on(shared_home):
    home = shared_home
    assert home.run("psql", "-XAtc", "select current_user, current_database()").stdout == "miyabi|miyabi_production\n"
    assert home.run("psql", "-v", "n=7", "-XAt", input="select :n;").stdout == "7\n"
    assert home.run("psql", "--", "-XAtc", "select 1").stdout == "1\n"
    assert "syntax error" in home.run("psql", "-XAtc", "selec", code=1).stderr
    home.run("psql", "-X", "-v", "ON_ERROR_STOP=1", input="selec;", code=3)
    home.run("psql", "--no-such-option", code=1)
    assert "psql's" in home.run("psql", "--help").stdout
    assert "up --detach" in home.run("psql", MIYABI_HOME=str(home.path / "nowhere"), code=1).stderr


def test_psql_shows_no_password(shared_home):
    home = shared_home
    quoted = SECRET.replace("'", "''")
    home.superuser(
        "do $$ begin if to_regrole('with_secret') is null then create role with_secret login; end if; end $$",
        "grant connect on database miyabi_production to with_secret", f"alter role with_secret password '{quoted}'")
    server = re.match(r"postgresql://miyabi_app@([^/]+)/", home.connection["DATABASE_URL"]).group(1)
    encoded = "".join(f"%{byte:02X}" for byte in SECRET.encode())
    url = f"postgresql://with_secret:{encoded}@{server}/miyabi_production?sslmode=disable"
    process = subprocess.Popen(
        home.command("psql", "-XAt"), env=home.environment | {"DATABASE_URL": url}, cwd=home.work, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write("select current_user;\n")
    process.stdin.flush()
    assert process.stdout.readline() == "with_secret\n"
    with open(f"/proc/{process.pid}/cmdline", "rb") as file:
        arguments = file.read()
    assert b"psql" in arguments.split(b"\0")[0] and b"with_secret" in arguments and b"word" not in arguments
    process.stdin.close()
    assert process.wait(timeout=30) == 0


def test_logs_of_both_halves(home):
    home.up()
    since = datetime.datetime.now(datetime.timezone.utc).isoformat()
    home.psql("selec", code=1)
    entries = home.lines("logs")
    assert {entry["source"] for entry in entries} >= {"miyabi", "postgres"}
    assert [entry["time"] for entry in entries] == sorted(entry["time"] for entry in entries)
    assert any("syntax error" in entry["message"] for entry in home.lines("logs", "--only", "postgres", "--since", since))
    assert {entry["source"] for entry in home.lines("logs", "--only", "miyabi", "--since", "1h")} == {"miyabi"}
    assert home.run("logs", "--since", "2099-01-01").stdout == ""
    last = home.run("logs", "--limit", 1)
    assert len(last.stdout.splitlines()) == 1 and "--limit" in last.stderr

    following = subprocess.Popen(
        home.command("logs", "--follow", "--limit", 1, "--json"), cwd=home.work, env=home.environment,
        stdout=subprocess.PIPE, text=True,
        # A shell that starts these tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    following.stdout.readline()
    home.psql("select followed", code=1)
    while "followed" not in json.loads(following.stdout.readline())["message"]:
        pass
    following.send_signal(signal.SIGINT)
    assert following.wait(timeout=30) in (130, -signal.SIGINT)
    home.down()
    assert "stop" in home.run("logs", "--only", "miyabi").stdout
    assert "no Miyabi home" in home.run("logs", MIYABI_HOME=str(home.path / "nowhere"), code=1).stderr


@pytest.mark.parametrize("typed, meant", [
    (["statsu"], "miyabi status"), (["migrate", "revret"], "miyabi migrate revert"), (["backup", "lst"], "miyabi backup list"),
    (["ev"], "miyabi events")])
def test_a_slip_gets_a_suggestion(typed, meant, tmp_path):
    done = subprocess.run([MIYABI, *typed], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 64 and f"did you mean `{meant}`?" in done.stderr
    far = subprocess.run([MIYABI, *typed[:-1], "xylophone"], capture_output=True, text=True, cwd=tmp_path)
    assert far.returncode == 64 and "did you mean" not in far.stderr and "has no command `xylophone`" in far.stderr


def on_terminal(home, *arguments, columns, **environment):
    """What a command writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        home.command(*arguments), cwd=home.work, env=home.environment | {"TERM": "xterm"} | environment,
        stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    text = b""
    try:
        while piece := os.read(ours, 65536):
            text += piece
    except OSError:
        pass  # Linux's way to say that the other end is closed.
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return text.decode()


def test_tables_fit_the_terminal(shared_home):
    piped = shared_home.run("migrate", "info").stdout.splitlines()
    wide = on_terminal(shared_home, "migrate", "info", columns=500).splitlines()
    narrow = on_terminal(shared_home, "migrate", "info", columns=72).splitlines()
    assert piped == wide and max(map(len, wide)) > 72 >= max(map(len, narrow))
    assert len(narrow) == len(wide) and "…" in narrow[1] and narrow[0].split()[:2] == wide[0].split()[:2]


def test_nothing_is_drawn_without_a_terminal_or_with_no_color(home):
    home.up()
    assert "\x1b" in on_terminal(home, "backup", columns=80)
    assert "\x1b" not in on_terminal(home, "backup", columns=80, NO_COLOR="1")
    assert "\x1b" not in on_terminal(home, "backup", columns=80, TERM="dumb")
    done = home.run("backup")
    assert "\x1b" not in done.stdout + done.stderr


def test_json_is_alike_everywhere(home):
    home.up("--sample", str(ROOT / "Database/sample"))
    home.run("seed")
    home.run("license", "rotate")
    home.run("license", "issue", "--user", "aoi@miyabi.example", "--plugin", "miyabi-operations-pro", "--for", "365d")
    home.run("backup")
    for command in ["status", "outbox status", "recovery status", "backup list", "migrate info", "license list",
                    "events --type webhook", "usage verify", "logs", "seed", "backup verify"]:
        lines = home.run(*command.split(), "--json", code=None).stdout.splitlines()
        for value in map(json.loads, lines):
            assert isinstance(value, dict), command
            wrong = [key for key in keys(value) if not re.fullmatch("[a-z0-9_]+", key)]
            assert not wrong, (command, wrong)


def keys(value):
    """The names of members, without the ones that are data: payloads of events, names of tables, tags."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            if key not in ("data", "tables", "tags", "migrations"):
                yield from keys(member)
            elif isinstance(member, list):
                yield from keys(member)
    elif isinstance(value, list):
        for member in value:
            yield from keys(member)


@pytest.mark.parametrize("command, option", [
    ("events --type webhook", "--since"), ("events --type webhook", "--until"), ("logs", "--since"), ("restore", "--to"),
    ("license issue --user a --plugin b", "--until")])
def test_times_are_read_alike(command, option, home):
    for wrong in "yesterday", "2025-13-01", "2025-11-29T10:30:00", "7y", "90":
        done = home.run(*command.split(), f"{option}={wrong}", code=64)
        assert option in done.stderr and "a time (" in done.stderr
    for right in "2025-11-29", "2025-11-29T10:30:00Z", "2025-11-29T10:30+09:00", "90s", "30m", "24h", "7d", "1w":
        assert home.run(*command.split(), option, right, code=None).returncode != 64, right


@pytest.mark.parametrize("command, option", [
    ("down", "--timeout"), ("migrate run", "--lock-timeout"), ("license verify --plugin a", "--clock-skew"),
    ("license revocations", "--for"), ("license issue --user a --plugin b", "--for"), ("recovery enable", "--history")])
def test_durations_are_read_alike(command, option, home):
    for wrong in "soon", "-1s", "1.5h", "99999999999999999999s", "7y":
        done = home.run(*command.split(), f"{option}={wrong}", code=64)
        assert option in done.stderr and "a duration such as" in done.stderr
    for right in "1d", "48h":
        limit = "60s" if option in ("--clock-skew", "--lock-timeout") else right
        assert home.run(*command.split(), option, limit, code=None, input="").returncode != 64, right


def test_serve_prints_what_a_client_needs(home, tmp_path):
    def serve(*arguments, **environment):
        """The lines that it prints, and what the AWS CLI says with them and nothing else."""
        process = subprocess.Popen(
            home.command("dynamodb", "serve", "--port", 0, *arguments), cwd=home.work, env=home.environment | environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            lines = ""
            while "DEFAULT_REGION" not in lines or "--in-memory" in arguments and "SECRET" not in lines:
                line = process.stdout.readline()
                assert line, process.stderr.read()
                lines += line
            printed = parse_environment(lines)
            listed = subprocess.run(
                ["aws", "dynamodb", "list-tables", "--endpoint-url", printed["DYNAMODB_ENDPOINT"]],
                env=home.environment | printed | {"AWS_EC2_METADATA_DISABLED": "true"}, capture_output=True, text=True, timeout=60)
        finally:
            process.terminate()
            _, errors = process.communicate(timeout=30)
        return printed, listed, errors

    printed, listed, _ = serve("--in-memory", "--region", "eu-west-1")
    assert printed["AWS_REGION"] == printed["AWS_DEFAULT_REGION"] == "eu-west-1" and listed.returncode == 0, listed.stderr
    key = parse_environment(home.run("dynamodb", "keys", "add", "--data", tmp_path / "data").stdout)
    printed, listed, errors = serve("--data", str(tmp_path / "data"), AWS_REGION="us-east-1")
    assert printed["AWS_REGION"] == "us-east-1" and not key.keys() & printed.keys()
    assert "dynamodb keys" in errors and listed.returncode != 0
