"""miyabi doctor on a running Miyabi: silent where it is well, and loud where something is wrong."""

import json
import re
import time

import pytest
from conftest import ROOT, make_home, remove_home
from test_import import COMMITS, WEBHOOKS


@pytest.fixture(scope="module")
def filled():
    """A home with the real data, or with the sample where these are not there."""
    home = make_home()
    home.up()
    sample = ROOT / "Database/sample"
    for kind, real, small in (("github", WEBHOOKS, "github-webhooks.ndjson"), ("commits", COMMITS, "commits.ndjson")):
        home.run("import", kind, real if real.exists() else sample / small, timeout=300)
    home.run("seed")
    yield home
    remove_home(home)


def doctor(home, *arguments, code=0, **environment):
    """The findings and what was not looked at, by the names of the rules."""
    lines = home.run("doctor", *arguments, "--json", code=code, **environment).stdout.splitlines()
    found = {"finding": [], "unseen": []}
    for line in map(json.loads, lines):
        found[line["kind"]].append(line)
    return found["finding"], found["unseen"]


def test_a_home_with_data_has_no_warning(filled):
    assert doctor(filled) == ([], [])
    done = filled.run("doctor")
    assert done.stdout == ""
    assert re.search(r"^miyabi: 1 of advice; 36 rules looked in \d+\.\d s; to see all: miyabi doctor --level advice$",
                     done.stderr, re.M), done.stderr
    advice, _ = doctor(filled, "--level", "advice", code=3)
    assert [one["rule"] for one in advice] == ["dynamodb-pitr-off"]
    assert advice[0]["mend"] == "miyabi recovery enable"


def test_a_fault_is_told_and_mended(filled):
    filled.psql("CREATE TABLE notes (key bigint PRIMARY KEY, repository uuid REFERENCES repositories);"
                "GRANT SELECT ON notes TO authenticated")
    try:
        findings, _ = doctor(filled, code=3)
        assert [(one["level"], one["rule"], one["half"], one["object"]) for one in findings] == [
            ("error", "rls-disabled", "postgres", "table public.notes"),
            ("warning", "foreign-key-without-index", "postgres", "constraint notes_repository_fkey of public.notes")]
        assert findings[1]["evidence"] == {"columns": "repository", "deletes": 0, "rows": 0}
        text = filled.run("doctor", code=3).stdout
        assert text.splitlines()[0] == "error  rls-disabled" and findings[0]["mend"] in text

        assert len(doctor(filled, "--level", "error", code=3)[0]) == 1
        assert len(doctor(filled, "--ignore", "rls-disabled", code=3)[0]) == 1
        assert doctor(filled, "--ignore", "rls-disabled,foreign-key-without-index")[0] == []
        assert doctor(filled, "--only", "unlogged-table", "--only", "wraparound")[0] == []
        assert doctor(filled, "--half", "dynamodb")[0] == []
        for finding in findings:
            filled.psql(finding["mend"])
        assert doctor(filled)[0] == []
    finally:
        filled.psql("DROP TABLE notes")


def test_it_takes_seconds_on_a_million_rows_and_finds_the_index(filled):
    filled.psql("CREATE TABLE million AS SELECT g AS key, md5(g::text) AS name FROM generate_series(1, 1000000) AS g;"
                "ALTER TABLE million ENABLE ROW LEVEL SECURITY; ANALYZE million")
    try:
        for number in range(12):
            filled.psql(f"SELECT key FROM million WHERE name = 'x{number}'")
        started = time.monotonic()
        findings, unseen = doctor(filled, code=3)
        assert time.monotonic() - started < 10
        assert [(one["rule"], one["object"]) for one in findings] == [("missing-index", "table public.million")], findings
        assert unseen == []
        evidence = findings[0]["evidence"]
        assert evidence["method"] == "model" and evidence["gain"] > 1000 and evidence["calls"] == 12
        # The gain is real: the planner itself says so once the index is there.
        def cost():
            plan = filled.psql("EXPLAIN (FORMAT JSON) SELECT key FROM million WHERE name = 'x'")
            return json.loads(plan)[0]["Plan"]["Total Cost"]
        before = cost()
        for statement in findings[0]["mend"].split(";"):
            filled.psql(statement)
        assert before / cost() > 1000
        assert doctor(filled)[0] == []
    finally:
        filled.psql("DROP TABLE million")


def test_external_halves_are_looked_at(filled):
    """By their addresses, as of RDS and AWS: what a home need not have is told then."""
    address = filled.address()
    findings, unseen = doctor(filled, "--half", "postgres", DATABASE_URL=address.replace("127.0.0.1", "localhost"),
                              MIYABI_HOME=str(filled.path / "other"))
    assert findings == [] and [one["rule"] for one in unseen] == ["memory-setting"]
    findings, _ = doctor(
        filled, "--half", "postgres", "--only", "connection-limit", code=3, DB_MAX_CONNECTIONS="900",
        DATABASE_URL=address.replace("127.0.0.1", "localhost"), MIYABI_HOME=str(filled.path / "other"))
    assert findings[0]["evidence"]["demanded"] == 900


def test_what_cannot_be_looked_at_is_a_failure(home):
    done = home.run("doctor", code=1)
    assert "nothing is running" in done.stderr and done.stdout == ""
    nowhere = {"DATABASE_URL": "postgresql://a:b@127.0.0.1:1/c", "DYNAMODB_ENDPOINT": "http://127.0.0.1:1",
               "DYNAMODB_MAX_ATTEMPTS": "1"}
    done = home.run("doctor", code=1, **nowhere)
    assert "127.0.0.1" in done.stderr and done.stdout == ""
    assert "there is no rule \"no-rule\"" in home.run("doctor", "--only", "no-rule", code=64).stderr
    home.run("doctor", "--level", "much", code=64)


def test_each_rule_has_its_line_in_the_documents(home):
    rules = home.lines("doctor", "rules")
    page = (ROOT / "docs/doctor.md").read_text()
    told = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", page, re.M)
    assert [(rule["name"], rule["level"]) for rule in rules] == told
    assert all(rule["meaning"] and rule["half"] in ("postgres", "dynamodb") for rule in rules)
    assert home.run("doctor", "rules").stdout.splitlines()[0].split() == ["RULE", "HALF", "LEVEL", "MEANING"]
