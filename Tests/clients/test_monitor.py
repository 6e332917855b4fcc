"""What the monitor measures, and alarms: each is made to fire by its real cause, and to clear."""

import hashlib
import hmac
import http.server
import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError
from conftest import make_home, remove_home

PACE = 30  # samples every half second, and what lasts five minutes lasts ten seconds
SECRET = "between us"
USER, REPOSITORY = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
# What a machine that others use too may really be.
BUSY = {"host-cpu", "host-memory", "host-disk-trend", "host-disk-full", "dynamodb-read-latency", "dynamodb-write-latency"}


class Receiver(http.server.BaseHTTPRequestHandler):
    """A web hook, which refuses the first post of each alarm: it comes again."""

    posts, refused = [], set()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        event = json.loads(body)
        key = (event["alarm"], event["state"], event["time"])
        is_new = key not in self.refused and not event.get("isTest")
        if is_new:
            self.refused.add(key)
        else:
            self.posts.append((event, body, self.headers["x-miyabi-signature"]))
        self.send_response(500 if is_new else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def watched():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = make_home()
    home.commands = home.path / "commands"
    home.environment |= {
        "MIYABI_MONITOR_PACE": str(PACE), "MIYABI_MEMORY_MB": "1024",
        "MIYABI_ALARM_WEBHOOK": f"http://127.0.0.1:{server.server_port}/hook", "MIYABI_ALARM_WEBHOOK_SECRET": SECRET,
        "MIYABI_ALARM_COMMAND": f'echo "$MIYABI_ALARM_NAME $MIYABI_ALARM_STATE" >> {home.commands}',
    }
    home.up()
    yield home
    remove_home(home)
    server.shutdown()


def get(home, path, **headers):
    port = int((home.home / "metrics/port").read_text())
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def alarms(home):
    return {line["alarm"]: line for line in home.lines("alarms", code=None)}


def history(home):
    return [(line["alarm"], line["state"]) for line in home.lines("alarms", "history")]


def wait_for(home, alarm, state, count=1, seconds=60):
    deadline = time.monotonic() + seconds
    while history(home).count((alarm, state)) < count:
        assert time.monotonic() < deadline, (alarm, state, alarms(home)[alarm], history(home))
        time.sleep(0.5)


def session(home, sql=None):
    """A psql that is left running."""
    process = subprocess.Popen(["psql", "-XAtq", home.address()], env=home.environment,
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
    if sql:
        process.stdin.write(sql)
        process.stdin.flush()
    return process


def value(home, name):
    for line in get(home, "/metrics")[1].splitlines():
        if line.startswith(name + " ") or line.startswith(name + "{"):
            return float(line.rsplit(" ", 1)[1])
    raise AssertionError(name)


def promtool(*arguments, **options):
    assert shutil.which("promtool"), "scripts/setup --tests installs it"
    return subprocess.run(["promtool", *map(str, arguments)], capture_output=True, text=True, **options)


def test_prometheus_takes_the_figures_and_nobody_else_may_read_them(watched):
    watched.psql("SELECT 1")
    watched.aws("list-tables")
    time.sleep(2)
    status, text = get(watched, "/metrics")
    assert status == 200
    done = promtool("check", "metrics", input=text)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    for name in ["miyabi_postgres_connections", "miyabi_postgres_commits_total", "miyabi_host_cpu_seconds_total",
                 "miyabi_dynamodb_requests_total", "miyabi_dynamodb_request_duration_seconds_bucket", "miyabi_outbox_lag_seconds",
                 "miyabi_dynamodb_consumed_write_units_total", "miyabi_since_backup_seconds", "miyabi_messages_unread"]:
        assert f"\n{name}" in text, name
    for source in ["postgresql", "host", "dynamodb", "work", "backups"]:
        assert f'miyabi_source_up{{source="{source}"}} 1' in text
    assert get(watched, "/health/live") == (200, "live\n")
    assert get(watched, "/health/ready") == (200, "ready\n")
    assert get(watched, "/secrets")[0] == 404
    assert get(watched, "/metrics", Host="evil.example")[0] == 403
    assert get(watched, "/metrics", Origin="http://evil.example")[0] == 403
    assert get(watched, "/metrics", Host="localhost:1")[0] == 200


def test_figures_are_kept_and_shown(watched):
    key = {"PK": {"S": "EVENT#x"}, "SK": {"S": "1"}}
    for _ in range(5):
        watched.aws("put-item", "--table-name", "MiyabiEvents", "--item", json.dumps(key))
    watched.aws("get-item", "--table-name", "MiyabiEvents", "--key", json.dumps(key), "--consistent-read")
    time.sleep(2)
    lines = {(line["name"], line["labels"]): line for line in watched.lines("metrics", "miyabi_dynamodb", "--since", "10m")}
    puts = lines["miyabi_dynamodb_requests_total", 'operation="PutItem",table="MiyabiEvents"']
    assert puts["increase"] == 5 and puts["kind"] == "counter"
    latency = lines["miyabi_dynamodb_request_duration_seconds", 'operation="PutItem"']
    assert 0 < latency["p50"] <= latency["p99"] <= latency["greatest"] < 60
    assert lines["miyabi_dynamodb_consumed_write_units_total", 'table="MiyabiEvents",index=""']["increase"] == 5
    assert lines["miyabi_dynamodb_consumed_read_units_total", 'table="MiyabiEvents",index=""']["increase"] == 1
    assert lines["miyabi_dynamodb_items", 'table="MiyabiEvents",index=""']["last"] == 1
    shown = watched.run("metrics", "postgres_connections").stdout
    assert shown.splitlines()[0].split()[:2] == ["SERIES", "LAST"] and "miyabi_postgres_connections_limit" in shown
    assert "miyabi_postgres_deadlocks_total" in watched.run("metrics").stdout
    assert watched.run("metrics", "no such thing", code=64)


def test_rules_for_prometheus_and_grafana(watched, tmp_path):
    rules = tmp_path / "rules.yml"
    rules.write_text(watched.run("alarms", "list", "--format", "prometheus").stdout)
    done = promtool("check", "rules", "--lint-fatal", rules)
    assert done.returncode == 0, done.stdout + done.stderr
    assert rules.read_text().count("- alert: ") == len(alarms(watched))
    dashboard = json.loads(watched.run("alarms", "list", "--format", "grafana").stdout)
    assert len(dashboard["panels"]) > 50 and all(panel["targets"] for panel in dashboard["panels"])


def test_a_busy_database_is_no_alarm(watched):
    script = watched.path / "busy.sql"
    script.write_text("SELECT count(*) FROM generate_series(1, 1000);\n")
    subprocess.run(["pgbench", "-n", "-f", str(script), "-c", "8", "-T", "5", watched.address()],
                   env=watched.environment, capture_output=True, check=True)
    table = watched.dynamodb("resource").Table("MiyabiEvents")
    for number in range(300):
        table.put_item(Item={"PK": f"EVENT#busy{number % 3}", "SK": str(number)})
    time.sleep(2)
    assert {alarm for alarm, state in history(watched) if state == "ALARM"} - BUSY == set()


def test_a_deadlock(watched):
    watched.psql("CREATE TABLE pairs (id int PRIMARY KEY, n int); INSERT INTO pairs VALUES (1, 0), (2, 0)")
    both = [session(watched, f"BEGIN; UPDATE pairs SET n = 1 WHERE id = {number};\n") for number in (1, 2)]
    time.sleep(1)
    for process, number in zip(both, (2, 1)):
        process.stdin.write(f"UPDATE pairs SET n = 2 WHERE id = {number};\n")
        process.stdin.flush()
    # The server counts it when the transaction has ended.
    time.sleep(2)
    for process in both:
        process.communicate(timeout=20)
    wait_for(watched, "postgres-deadlock", "ALARM")
    wait_for(watched, "postgres-deadlock", "OK")
    watched.psql("DROP TABLE pairs")


def test_81_percent_of_connections(watched):
    limit = value(watched, "miyabi_postgres_connections_limit")
    wanted = int(limit * 0.81) + 1 - int(value(watched, "miyabi_postgres_connections"))
    assert 0 < wanted < 60
    # Below the threshold nothing is said, however long.
    processes = [session(watched, "SELECT 1;\n") for _ in range(max(0, wanted - 4))]
    time.sleep(4)
    assert ("postgres-connections", "ALARM") not in history(watched)
    processes += [session(watched, "SELECT 1;\n") for _ in range(5)]
    wait_for(watched, "postgres-connections", "ALARM")
    assert alarms(watched)["postgres-connections"]["state"] == "ALARM"
    assert watched.run("alarms", code=3)
    for process in processes:
        process.communicate(timeout=20)
    wait_for(watched, "postgres-connections", "OK")


def test_an_idle_transaction(watched):
    process = session(watched, "BEGIN; SELECT 1;\n")
    try:
        wait_for(watched, "postgres-idle-transaction", "ALARM")
    finally:
        process.communicate(timeout=20)
    wait_for(watched, "postgres-idle-transaction", "OK")


def test_an_outbox_that_nobody_relays(watched):
    watched.psql(f"INSERT INTO web_users (id, github_id, github_username) VALUES ('{USER}', 1, 'ann')")
    watched.psql("INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name)"
                 f" VALUES ('{REPOSITORY}', '{USER}', 1, 'ann', 'x', 'ann/x')")
    # The relay can read what waits, and not take it away.
    process = session(watched, "BEGIN; INSERT INTO agent_executions (user_id, repository_id, agent_type, status) VALUES"
                      f" ('{USER}', '{REPOSITORY}', 'CodeGen', 'pending'); COMMIT;"
                      " BEGIN; LOCK TABLE outbox.changes IN SHARE MODE; SELECT pg_sleep(40);\n")
    try:
        wait_for(watched, "outbox-lag", "ALARM")
    finally:
        process.kill()
        watched.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(40)%'"
                     " AND pid <> pg_backend_pid()")
    wait_for(watched, "outbox-lag", "OK")


def test_wrong_requests(watched):
    client = watched.dynamodb()
    for _ in range(40):
        with pytest.raises(ClientError):
            client.get_item(TableName="MiyabiEvents", Key={"PK": {"S": "x"}})
    wait_for(watched, "dynamodb-user-errors", "ALARM")
    wait_for(watched, "dynamodb-user-errors", "OK")
    assert [line for line in watched.lines("alarms", "history") if line["alarm"] == "dynamodb-user-errors"][0]["value"] > 10


def test_who_is_told(watched):
    deadline = time.monotonic() + 30
    told = []
    while ("dynamodb-user-errors", "OK") not in told and time.monotonic() < deadline:
        told = [(event["alarm"], event["state"]) for event, _, _ in Receiver.posts]
        time.sleep(0.5)
    changes = [change for change in history(watched) if change[1] in ("ALARM", "OK") and change[0] not in BUSY]
    assert [change for change in told if change[0] not in BUSY] == changes
    for event, body, signature in Receiver.posts:
        moment, code = (part.split("=")[1] for part in signature.split(","))
        assert code == hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        assert abs(int(moment) - time.time()) < 600 and event["meaning"] and event["runbook"]
    commands = [tuple(line.split()) for line in watched.commands.read_text().splitlines()]
    assert [change for change in commands if change[0] not in BUSY] == changes
    # In the log, too.
    assert "alarm postgres-deadlock: PostgreSQL has broken a deadlock" in (watched.home / "logs/miyabi.log").read_text()


def test_a_silenced_alarm_is_kept_and_not_told(watched):
    watched.run("alarms", "silence", "postgres-idle-transaction", "--for", "1h")
    assert alarms(watched)["postgres-idle-transaction"]["silenced_until"]
    before = len(Receiver.posts)
    process = session(watched, "BEGIN; SELECT 1;\n")
    try:
        wait_for(watched, "postgres-idle-transaction", "ALARM", count=2)
    finally:
        process.communicate(timeout=20)
    wait_for(watched, "postgres-idle-transaction", "OK", count=2)
    assert "postgres-idle-transaction" not in [event["alarm"] for event, _, _ in Receiver.posts[before:]]
    watched.run("alarms", "silence", "postgres-idle-transaction", "--for", "0")
    assert "silenced_until" not in alarms(watched)["postgres-idle-transaction"]


def test_trying_who_is_told(watched):
    done = watched.run("alarms", "test", "backup-age")
    assert done.stdout.splitlines() == ["log: told", "command: told", "webhook: told"]
    assert Receiver.posts[-1][0]["isTest"] and Receiver.posts[-1][0]["alarm"] == "backup-age"
    done = watched.run("alarms", "test", "backup-age", code=1, MIYABI_ALARM_WEBHOOK="http://127.0.0.1:9/")
    assert "webhook: " in done.stdout and "webhook: told" not in done.stdout
    assert "there is no alarm" in watched.run("alarms", "test", "backups", code=64).stderr


def test_what_was_measured_and_told_survives_a_restart_and_a_port_that_is_taken_stops_nothing(watched):
    before, count = history(watched), watched.lines("metrics", "miyabi_postgres_deadlocks_total")[0]["increase"]
    assert count >= 1
    watched.down()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        watched.up(MIYABI_MONITOR_PORT=str(taken.getsockname()[1]))
        time.sleep(3)
        assert watched.json("status")["phase"] == "ready"
        assert "cannot serve /metrics on port" in (watched.home / "logs/miyabi.log").read_text()
        assert history(watched)[:len(before)] == before
        assert [change for change in history(watched)[len(before):] if change[0] not in BUSY] == []
        assert watched.lines("metrics", "miyabi_postgres_deadlocks_total")[0]["increase"] >= count
