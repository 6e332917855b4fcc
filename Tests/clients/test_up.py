"""up, status, down, reset: what a new user does, and what can go wrong."""

import os
import pathlib
import signal
import socket
import subprocess
import time

from conftest import parse_environment


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def supervisor(home):
    return home.json("status")["pid"]


def test_foreground_prints_how_to_connect_and_stops_on_interrupt(home):
    process = subprocess.Popen(
        home.command("up", "--postgres-port", 0, "--dynamodb-port", 0), cwd=home.work, env=home.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = []
    while not {"DATABASE_URL", "AWS_PROFILE"} <= {line.split("=")[0] for line in lines}:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        lines.append(line)
    home.connection = parse_environment("".join(lines))
    assert home.psql("select count(*) from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations'") == "18"
    assert sorted(home.aws("list-tables")["TableNames"]) == [
        "MiyabiAgentState", "MiyabiEvents", "MiyabiWebSocketMessages"]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
    home.psql("select 1", code=2)
    assert home.run("status", code=3)


def test_second_up_says_that_it_runs(home):
    home.up()
    again = home.run("up", code=None)
    assert "already" in again.stderr and str(supervisor(home)) in again.stderr
    assert home.psql("select 1") == "1"


def test_data_survives_down_and_up(home):
    home.up()
    home.psql("insert into web_users (github_id, github_username) values (9000000001, 'o''brien')")
    home.aws("put-item", "--table-name", "MiyabiAgentState", "--item", '{"PK":{"S":"AGENT#1"},"SK":{"S":"STATE#1"}}')
    home.down()
    home.up()
    assert home.psql("select github_username from web_users") == "o'brien"
    assert home.aws("get-item", "--table-name", "MiyabiAgentState", "--key",
                    '{"PK":{"S":"AGENT#1"},"SK":{"S":"STATE#1"}}')["Item"]["PK"] == {"S": "AGENT#1"}


def test_recovers_after_kill_9(home):
    home.up()
    home.psql("insert into web_users (github_id, github_username) values (1, 'kept')")
    home.aws("put-item", "--table-name", "MiyabiAgentState", "--item", '{"PK":{"S":"AGENT#1"},"SK":{"S":"STATE#1"}}')
    pid = supervisor(home)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not pathlib.Path(f"/proc/{pid}").exists() or "Z" in pathlib.Path(f"/proc/{pid}/stat").read_text())
    assert home.run("status", code=3)
    home.up()
    assert home.psql("select github_username from web_users") == "kept"
    assert home.aws("get-item", "--table-name", "MiyabiAgentState", "--key", '{"PK":{"S":"AGENT#1"},"SK":{"S":"STATE#1"}}')


def test_recovers_after_kill_9_of_postgres(home):
    home.up()
    home.psql("insert into web_users (github_id, github_username) values (1, 'kept')")
    os.kill(home.json("status")["postgres"]["pid"], signal.SIGKILL)
    time.sleep(1)
    home.down()
    home.up()
    assert home.psql("select github_username from web_users") == "kept"


def test_port_in_use_is_named(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for option in "--postgres-port", "--dynamodb-port":
            other = "--dynamodb-port" if option == "--postgres-port" else "--postgres-port"
            done = home.run("up", "--detach", option, port, other, 0, code=1)
            assert str(port) in done.stderr and option in done.stderr


def test_secrets_are_private(home):
    home.up()
    secrets = [path for path in (home.home / "secrets").iterdir() if path.is_file()]
    assert secrets and all(path.stat().st_mode & 0o777 == 0o600 for path in secrets)
    passwords = [line.rsplit(":", 1)[-1] for path in secrets if "pgpass" in path.name
                 for line in path.read_text().split()] + [home.keys()["aws_secret_access_key"]]
    assert len(passwords) >= 3 and all(len(password) >= 20 for password in passwords)
    running = b"".join(
        (process / "cmdline").read_bytes() for process in pathlib.Path("/proc").glob("[0-9]*") if process.is_dir())
    logs = b"".join(path.read_bytes() for path in (home.home / "logs").rglob("*") if path.is_file())
    postgres_logs = b"".join(path.read_bytes() for path in (home.home / "postgres").resolve().rglob("*.log"))
    for password in passwords:
        assert password.encode() not in running + logs + postgres_logs


def test_wrong_password_is_refused(home):
    url = home.up()["DATABASE_URL"]
    done = subprocess.run(["psql", "-XAtq", url.split("?")[0], "-c", "select 1"], text=True, capture_output=True,
                          env=home.environment | {"PGPASSWORD": "wrong"})
    assert done.returncode == 2 and "password authentication failed" in done.stderr


def test_reset_asks(home):
    home.up()
    assert home.run("reset", "--yes", code=None).returncode != 0, "reset while running"
    home.down()
    assert home.run("reset", code=None, input="").returncode != 0
    assert (home.home / "postgres").exists()
    home.run("reset", "--yes")
    assert not (home.home / "postgres").exists()


def test_external_halves(home, shared_home):
    """With one half in the environment, up starts the other."""
    database = home.up(DATABASE_URL=shared_home.connection["DATABASE_URL"])
    status = home.json("status", DATABASE_URL=shared_home.connection["DATABASE_URL"])
    assert status["postgres"]["state"] == "external" and status["dynamodb"]["state"] == "running"
    assert database["DYNAMODB_ENDPOINT"] != shared_home.connection["DYNAMODB_ENDPOINT"]
    home.down()

    (home.work / ".env").write_text(f"DYNAMODB_ENDPOINT={shared_home.connection['DYNAMODB_ENDPOINT']}\n"
                                    f"AWS_SHARED_CREDENTIALS_FILE={shared_home.connection['AWS_SHARED_CREDENTIALS_FILE']}\n"
                                    f"AWS_PROFILE={shared_home.connection['AWS_PROFILE']}\n")
    home.up()
    status = home.json("status")
    assert status["postgres"]["state"] == "running" and status["dynamodb"]["state"] == "external"


def test_bad_settings_are_named(home):
    done = home.run("up", code=None, DB_MAX_CONNECTIONS="many")
    assert done.returncode != 0 and "DB_MAX_CONNECTIONS" in done.stderr and "many" in done.stderr
    assert not (home.home / "postgres").exists()
