"""miyabi usage: proved, repaired, expired, on a database that psql has spoiled."""

EVENT = """select record_usage_event('{id}', '10000000-0000-4000-8000-000000000002', 'miyabi-operations-pro', 'tokens',
  {increment}, '{time}')"""


def test_usage(home):
    home.up()
    home.psql("insert into users (id, email) values ('10000000-0000-4000-8000-000000000002', 'a@b') on conflict do nothing")
    home.psql("insert into plugins (id, name, display_name, source, version, tier) values "
              "('miyabi-operations-pro', 'p', 'P', 'github:m/p', '1.0.0', 'pro') on conflict do nothing")
    before = home.run("usage", "verify")
    assert before.stdout == "" and "sum of its events" in before.stderr

    event = EVENT.format(id="0e000000-0000-4000-8000-000000000001", increment=5, time="2024-12-31T23:59:59Z")
    assert home.psql(event) == "t"
    home.wait_for_outbox()
    told = home.lines("events", "--type", "usage_event", "--since", "2024-01-01", "--limit", 10)
    assert [(event["timestamp"][:19], event["data"]["metric"], event["data"]["quantity"]) for event in told] == [
        ("2024-12-31T23:59:59", "tokens", 5)], told
    home.psql("update usage_aggregates set tokens = 99 where period = '2024-12'")
    assert home.lines("usage", "verify", code=3) == [{
        "user_id": "10000000-0000-4000-8000-000000000002", "plugin_id": "miyabi-operations-pro",
        "month": "2024-12", "metric": "tokens", "raw": 5, "rollup": 99}]
    assert "tokens 99, events 5" in home.run("usage", "verify", "--period", "2024-12", code=3).stdout
    home.run("usage", "verify", "--period", "2024-11")
    home.run("usage", "verify", "--repair")
    home.run("usage", "verify")
    assert home.psql("select tokens from usage_aggregates where period = '2024-12'") == "5"

    assert home.json("usage", "expire", "--before", "2025-01", "--yes") == {"expired": 1}
    assert home.psql(event) == "f"
    home.run("usage", "verify")
    home.run("usage", "verify", "--period", "2024-13", code=64)
    home.run("usage", "expire", code=64)
