"""The sample program runs an agent from end to end."""

import pathlib
import subprocess

from test_outbox import execution, opened, people

from conftest import MIYABI

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_agent_example(home):
    home.up()
    done = subprocess.run(
        [pathlib.Path(MIYABI).parent / "AgentExample", ROOT / "Database/sample/github-webhooks.ndjson"],
        cwd=home.work, env=home.environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    opened = int(home.psql("SELECT count(*) FROM agent_executions"))
    assert opened > 0 and f"{opened} executions completed" in done.stdout
    assert home.psql("SELECT DISTINCT status FROM agent_executions") == "completed"
    assert "completed, 100 %, read " in done.stdout


def example(home):
    file = home.work / "none.ndjson"
    file.write_text("")
    return subprocess.run([pathlib.Path(MIYABI).parent / "AgentExample", file], cwd=home.work, env=home.environment,
                          capture_output=True, text=True, timeout=120)


def test_what_a_killed_worker_held_is_shown_taken_over_and_requeued(home):
    home.up()
    people(home)
    for number in range(1, 5):
        home.psql(opened(number))
        home.psql(f"UPDATE agent_executions SET status = 'running', started_at = now() WHERE id = '{execution(number)}'")
    # The first two were a worker's that was killed, one long ago; the other two were begun without a claim.
    for number, age in [(1, "-1 second"), (2, "1 hour")]:
        home.psql("INSERT INTO dispatch.leases VALUES"
                  f" ('{execution(number)}', 'dead/1', gen_random_uuid(), 1, now() + interval '{age}')")

    def shown(*arguments):
        return {row["id"]: row for row in home.lines("executions", "list", *arguments)}

    assert set(shown("--stalled")) == {execution(1), execution(3), execution(4)}
    held = shown("--status", "running")[execution(2)]
    assert (held["worker"], held["attempts"], held["is_stalled"]) == ("dead/1", 1, False)
    done = example(home)
    assert done.returncode == 0, done.stderr
    assert "1 executions completed" in done.stdout
    assert set(shown("--status", "completed")) == {execution(1)}

    home.run("executions", "requeue", execution(1), execution(3), code=1)
    assert home.json("executions", "requeue", execution(2)) == {"requeued": 1}
    assert home.json("executions", "requeue", "--stalled") == {"requeued": 3}
    home.run("executions", "requeue", code=64)
    done = example(home)
    assert "3 executions completed" in done.stdout, done.stdout + done.stderr
    assert home.psql("SELECT DISTINCT status FROM agent_executions") == "completed"
    assert home.psql("SELECT count(*) FROM dispatch.leases") == "0"
    assert shown("--stalled") == {}
