"""miyabi import and miyabi events, on the real data in shared/, seen through psql and the AWS CLI."""

import json

import pytest
from conftest import ROOT, SHARED

WEBHOOKS = SHARED / "data/github-webhooks.ndjson.gz"
COMMITS = SHARED / "data/commits.ndjson.gz"
needs_shared = pytest.mark.skipif(not WEBHOOKS.exists(), reason=f"no real data at {SHARED}/data")


def everything(home):
    """Both halves, whole: what an import that changes nothing must leave alone."""
    tables = {
        table: home.psql(f"select md5(string_agg(t::text, '|' order by id)) from {table} t")
        for table in ("web_users", "repositories", "agent_executions")
    }
    pages = home.dynamodb().get_paginator("scan").paginate(TableName="MiyabiEvents")
    items = {json.dumps([item["PK"], item["SK"]]): item for page in pages for item in page["Items"]}
    return tables, items


@needs_shared
def test_webhooks(home):
    home.up()
    summary = home.json("import", "github", WEBHOOKS)
    assert summary["lines"] == 273 and summary["skipped"] == 0
    assert home.psql("select count(*) from web_users") == "18"
    assert home.psql("select count(*) from repositories") == "16"
    assert home.psql("select agent_type, count(*), min(status) from agent_executions group by 1 order by 1") == (
        "Issue|28|pending\nPR|28|pending")
    home.wait_for_outbox()
    before = everything(home)
    kinds = [item["event_type"]["S"] for item in before[1].values() if item.get("event_type")]
    assert kinds.count("webhook") == 273 and kinds.count("agent_execution") == 56
    assert home.json("import", "github", WEBHOOKS)["imported"] == 0
    assert everything(home) == before

    user = home.psql("select id from web_users where github_id = 21031067")
    by_index = home.aws("query", "--table-name", "MiyabiEvents", "--index-name", "GSI1", "--key-condition-expression",
                        "GSI1PK = :u", "--expression-attribute-values", json.dumps({":u": {"S": f"USER#{user}"}}))
    listed = home.lines("events", "--user", user, "--limit", 1000)
    assert len(listed) == by_index["Count"] > 100
    repository = home.psql("select id from repositories where github_repo_id = 186853002")
    assert len(home.lines("events", "--repository", repository, "--limit", 1000)) > 50
    assert len(home.lines("events", "--type", "webhook", "--since", "2000-01-01", "--limit", 1000)) == 273


@needs_shared
def test_commits(home):
    home.up()
    summary = home.json("import", "commits", COMMITS, timeout=300)
    assert summary["lines"] == 34916 and summary["skipped"] == 0
    assert home.psql("select count(*) from repositories") == "7"
    count = sum(
        page["Count"] for page in home.dynamodb().get_paginator("query").paginate(
            TableName="MiyabiEvents", IndexName="GSI2", KeyConditionExpression="GSI2PK = :r", Select="COUNT",
            ExpressionAttributeValues={":r": {"S": "REPO#" + home.psql(
                "select id from repositories where full_name = 'architect/dynalite'")}}))
    with_zcat = sum(1 for line in lines(COMMITS) if json.loads(line)["repository"] == "architect/dynalite")
    assert count == with_zcat
    assert home.json("import", "commits", COMMITS, timeout=300)["imported"] == 0


def lines(path):
    import gzip
    with gzip.open(path, "rt") as file:
        return file.readlines()


def test_sample_and_bad_lines(shared_home):
    home = shared_home
    sample = (ROOT / "Database/sample/github-webhooks.ndjson").read_text()
    summary = home.json("import", "github", "-", input=sample)
    assert summary["skipped"] == 0 and summary["lines"] == len(sample.splitlines())
    broken = sample + '{"event": "issues"\n' + "'); drop table users; --\n"
    done = home.run("import", "github", "-", input=broken, code=65)
    number = len(sample.splitlines()) + 1
    assert f":{number}" in done.stderr and f":{number + 1}" in done.stderr
    assert f"2 of {number + 1} lines were skipped" in done.stderr
    assert home.json("import", "github", "-", input=broken, code=65)["skipped"] == 2
    home.run("import", "github", "-", input="{}\n", code=1)
    strict = home.run("import", "github", "-", "--strict", input=broken, code=None)
    assert strict.returncode != 0 and f":{number}" in strict.stderr


def test_events_pages(shared_home):
    home = shared_home
    home.run("import", "commits", ROOT / "Database/sample/commits.ndjson")
    whole = home.lines("events", "--type", "agent_execution", "--since", "2000-01-01", "--limit", 1000)
    whole = [event for event in whole if "commit" in event["data"]]
    assert len(whole) == len((ROOT / "Database/sample/commits.ndjson").read_text().splitlines())
    assert home.run("events", "--type", "nonsense", code=None).returncode != 0
    assert home.run("events", "--user", "nobody'; drop table users; --", code=None).returncode != 0
