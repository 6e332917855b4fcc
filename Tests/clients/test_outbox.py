"""Changes of executions reach DynamoDB once and in order, whatever is killed meanwhile."""

import os
import random
import re
import signal
import subprocess
import time

USER, REPOSITORY = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def people(home):
    home.psql(f"INSERT INTO web_users (id, github_id, github_username) VALUES ('{USER}', 1, 'ann')")
    home.psql("INSERT INTO repositories (id, user_id, github_repo_id, owner, name, full_name)"
              f" VALUES ('{REPOSITORY}', '{USER}', 1, 'ann', 'x', 'ann/x')")
    home.psql(f"INSERT INTO websocket_connections (user_id, connection_id) VALUES ('{USER}', 'connection-1')")


def opened(number):
    return ("INSERT INTO agent_executions (id, user_id, repository_id, agent_type, status) VALUES"
            f" ('{execution(number)}', '{USER}', '{REPOSITORY}', 'CodeGen', 'pending')")


def execution(number):
    return f"10000000-0000-4000-8000-{number:012}"


def told(home, table, prefix):
    """What a table tells of each execution: sort keys and statuses."""
    items = home.aws("scan", "--table-name", table, "--consistent-read")["Items"]
    found = {}
    for item in items:
        facts = (item.get("data") or item.get("payload") or {}).get("M", {})
        name = facts.get("execution_id", {}).get("S") or re.sub("^AGENT#exec-", "", item["PK"]["S"])
        if prefix(item) and name.startswith("10000000-"):
            status = facts.get("status") or item["status"]
            found.setdefault(name, []).append((item["SK"], status["S"]))
    return found


def statuses(found, place):
    return {name: [status for _, status in sorted(rows, key=lambda row: place(row[0]))] for name, rows in found.items()}


def check(home, expected):
    events = told(home, "MiyabiEvents", lambda item: item["PK"]["S"].startswith("EVENT#agent_execution"))
    states = told(home, "MiyabiAgentState", lambda item: item["SK"]["S"].startswith("STATE#"))
    messages = told(home, "MiyabiWebSocketMessages", lambda item: "payload" in item)
    assert statuses(events, lambda key: key["S"]) == expected
    assert statuses(states, lambda key: key["S"]) == expected
    assert statuses(messages, lambda key: int(key["N"])) == expected


def test_what_psql_changes_is_told(home):
    home.up()
    people(home)
    home.psql(f"BEGIN; {opened(1)}; COMMIT")
    home.psql(f"UPDATE agent_executions SET status = 'running', started_at = now() WHERE id = '{execution(1)}'")
    home.psql(f"BEGIN; {opened(2)}; ROLLBACK")
    home.wait_for_outbox()
    check(home, {execution(1): ["pending", "running"]})
    assert home.json("outbox", "status") == {"depth": 0, "lag_seconds": 0, "parked": 0, "oldest_parked": []}
    assert home.json("outbox", "retry") == {"retried": 0}


def attempt(home, sql):
    """Whether a statement was committed; a server that is being killed may refuse it."""
    done = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", home.address(), "-c", sql],
                          env=home.environment, capture_output=True, text=True, timeout=60)
    return done.returncode == 0


def test_it_survives_kill_9_of_the_relay_of_postgresql_and_of_the_engine(home):
    home.up()
    people(home)
    relays = []

    def relay():
        relays.append(subprocess.Popen(home.command("outbox", "relay"), cwd=home.work, env=home.environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    def kill_relay():
        relays.pop().kill()
        relay()

    def kill_postgres():
        os.kill(home.json("status")["postgres"]["pid"], signal.SIGKILL)

    def kill_engine():
        os.kill(home.json("status")["pid"], signal.SIGKILL)
        home.up()

    relay()
    draw = random.Random(1)
    try:
        for number in range(1, 31):
            if number % 5 == 0:
                [kill_relay, kill_postgres, kill_engine][number // 5 % 3]()
            for sql in [opened(number) + " ON CONFLICT DO NOTHING",
                        "UPDATE agent_executions SET status = 'running', started_at = now()"
                        f" WHERE id = '{execution(number)}' AND status = 'pending'",
                        f"UPDATE agent_executions SET status = '{draw.choice(['completed', 'failed'])}',"
                        f" completed_at = now() WHERE id = '{execution(number)}' AND status = 'running'"]:
                while not attempt(home, sql):
                    time.sleep(0.1)
        home.wait_for_outbox()
    finally:
        for process in relays:
            process.kill()
            process.wait()
    ends = dict(line.split("|") for line in home.psql("SELECT id, status FROM agent_executions").splitlines())
    check(home, {name: ["pending", "running", end] for name, end in ends.items()})
    assert len(ends) == 30
