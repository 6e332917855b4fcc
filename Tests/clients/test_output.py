"""What a command says when its result cannot be written, or when there is none."""

import subprocess

from conftest import MIYABI
from test_license import USER, issuer


def full(home, *arguments):
    """Runs a command whose output goes to a full disk."""
    with open("/dev/full", "w") as disk:
        return subprocess.run(home.command(*arguments), cwd=home.work, env=home.environment, stdout=disk,
                              stderr=subprocess.PIPE, text=True, timeout=60)


def test_output_that_is_lost_is_a_failure(home):
    home.up()
    for arguments in (["--help"], ["--version"], ["up", "--explain-settings"], ["status"], ["migrate", "info"],
                      ["migrate", "revert", "--dry-run"], ["outbox", "status", "--json"], ["up", "--detach"]):
        done = full(home, *arguments)
        assert done.returncode == 1 and "No space left on device" in done.stderr, arguments


def test_an_issued_licence_can_be_printed_again(issuer):
    home = issuer.home
    done = full(home, "license", "issue", "--user", USER, "--plugin", "no-trial", "--unlimited")
    assert done.returncode == 1
    issued = home.lines("license", "list", "--plugin", "no-trial", "--limit", 1)[0]
    assert f"miyabi license show {issued['id']}" in done.stderr
    token = issuer.run("show", issued["id"]).stdout
    assert issuer.verdict(token, plugin="no-trial")["claims"]["jti"] == issued["id"]


def test_a_secret_that_nobody_saw_is_no_key(home, tmp_path):
    with open("/dev/full", "w") as disk:
        command = [MIYABI, "dynamodb", "keys", "add", "--data", tmp_path]
        assert subprocess.run(command, stdout=disk, stderr=subprocess.DEVNULL).returncode == 1
    assert home.run("dynamodb", "keys", "list", "--data", tmp_path).stdout == ""


def test_an_import_of_nothing_but_bad_lines_fails(shared_home):
    done = shared_home.run("import", "commits", "-", input="no JSON\n{}\n", code=1)
    assert "nothing was imported" in done.stderr and "2 skipped" in done.stdout
