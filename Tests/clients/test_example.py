"""The sample program runs an agent from end to end."""

import pathlib
import subprocess

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
