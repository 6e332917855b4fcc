"""miyabi migrate, as an engineer uses it."""

import pathlib
import subprocess

from conftest import ROOT, parse_environment


def test_info_and_revert(home):
    home.up()
    migrations = home.lines("migrate", "info")
    assert migrations and all(migration["state"] == "applied" for migration in migrations)
    assert len(migrations) == len(list((ROOT / "Database/migrations").glob("*.up.sql")))
    home.psql("insert into web_users (github_id, github_username) values (1, 'kept')")
    newest = migrations[-1]["version"]
    home.run("migrate", "revert", "--yes")
    assert [m["state"] for m in home.lines("migrate", "info")][-1] == "pending"
    planned = home.run("migrate", "run", "--dry-run")
    assert len(planned.stdout) > 100
    assert [m["state"] for m in home.lines("migrate", "info")][-1] == "pending"
    home.run("migrate", "run")
    assert home.psql("select max(version) from _sqlx_migrations where success") == str(newest)
    assert home.psql("select github_username from web_users") == "kept"


def test_everything_reverts_and_comes_back(home):
    home.up()
    home.run("migrate", "revert", "--target-version", 0, "--yes")
    assert home.psql("select count(*) from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations'") == "0"
    home.run("migrate", "run")
    assert home.psql("select count(*) from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations'") == "18"


def test_two_migrators_at_once(home):
    home.up()
    home.run("migrate", "revert", "--target-version", 0, "--yes")
    both = [
        subprocess.Popen(home.command("migrate", "run"), cwd=home.work, env=home.environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [(process.wait(timeout=60), process.stderr.read())[0] for process in both] == [0, 0]


def test_error_has_a_caret(home, tmp_path):
    home.up()
    (tmp_path / "001_broken.up.sql").write_text("CREATE TABLE ok (id int);\nCREATE TABLE broken (id intt);\n")
    (tmp_path / "001_broken.down.sql").write_text("DROP TABLE ok;\n")
    home.psql("create database empty")
    url = home.address().replace("/miyabi_production", "/empty")
    done = home.run("migrate", "run", "--source", tmp_path, code=None, DATABASE_URL=url)
    assert done.returncode != 0
    assert "001_broken.up.sql:2" in done.stderr and "^" in done.stderr and "42704" in done.stderr


def test_pgbench_runs_on_the_cluster(shared_home):
    """The cluster is plain PostgreSQL: the tools of the field work on it."""
    url = shared_home.address()
    shared_home.psql("create database bench")
    bench = url.replace("/miyabi_production", "/bench")
    for arguments in (["-i", "-q"], ["-S", "-M", "prepared", "-c", "4", "-t", "100"]):
        done = subprocess.run(["pgbench", *arguments, bench], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert "400/400" in done.stdout


def write(directory, name, up, down="SELECT 1;\n"):
    directory.mkdir(parents=True, exist_ok=True)
    (directory / f"{name}.up.sql").write_text(up)
    (directory / f"{name}.down.sql").write_text(down)


def test_own_migrations_from_the_first_file_to_the_next_start(home):
    """docs/migrations.md, step by step."""
    (home.work / ".env").write_text("MIYABI_MIGRATIONS=migrations\n")
    made = home.run("migrate", "add", "add tags").stdout.splitlines()
    assert [pathlib.Path(path).name for path in made] == ["001_add_tags.up.sql", "001_add_tags.down.sql"]
    # Nobody has written it yet: everything starts, it is told, and nothing is recorded.
    home.up()
    assert home.psql("select count(*) from _own_migrations") == "0"
    write(home.work / "migrations", "001_add_tags", "CREATE TABLE tags (id int);\n", "DROP TABLE tags;\n")
    home.run("migrate", "run")
    own = home.lines("migrate", "info", "--own")
    assert [(m["series"], m["version"], m["state"]) for m in own] == [("own", 1, "applied")]
    assert home.psql("select count(*) from _sqlx_migrations where description = 'add tags'") == "0"
    write(home.work / "migrations", "002_more", "ALTER TABLE tags ADD name text;\n", "ALTER TABLE tags DROP name;\n")
    # What is pending of one's own keeps the database from being up to date, as Miyabi's does.
    status = home.json("status", code=3)["postgres"]
    assert status["own_migrations"] == {"applied": 1, "pending": 1}
    assert status["problem"] == "1 of your own migrations is pending; to run it: miyabi migrate run"
    home.run("down")
    home.up()
    home.run("status")
    assert home.psql("select count(*) from _own_migrations") == "2"
    refused = home.run("migrate", "revert", "--yes", code=None)
    assert refused.returncode == 64 and "--own" in refused.stderr
    home.run("migrate", "revert", "--own", "--target-version", 0, "--yes")
    assert home.psql("select to_regclass('tags') is null") == "t"


def test_nobody_is_locked_out_by_a_migration_of_their_own(home, tmp_path):
    mine = tmp_path / "mine"
    home.up()
    home.run("migrate", "add", "thing", "--source", mine)
    write(mine, "001_thing", "CREATE TABLE thing ();\n", "DROP TABLE thing;\n")
    home.run("migrate", "run", "--source", mine)
    home.run("down")
    # No directory is named: the row is unknown, and told.
    home.up()
    assert home.psql("select to_regclass('thing') is not null") == "t"
    assert home.json("status")["postgres"]["own_migrations"] == {"missing": 1}
    # A row of somebody's own in Miyabi's table, and a dirty one of Miyabi's.
    home.psql("insert into _sqlx_migrations values (20260101000000, 'theirs', now(), true, '', 0)")
    home.psql("update _sqlx_migrations set success = false where version = 16")
    home.run("down")
    started = home.run("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0)
    assert "16 (temporary tables) is dirty" in started.stderr
    home.connection = parse_environment(started.stdout)
    home.psql("update _sqlx_migrations set success = true where version = 16")


def test_a_failing_migration_is_told_and_the_database_starts(home):
    write(home.work / "migrations", "001_broken", "CREATE TABLE ok ();\nSELECT nonsense;\n")
    started = home.run("up", "--detach", "--postgres-port", 0, "--dynamodb-port", 0, code=1, MIYABI_MIGRATIONS="migrations")
    assert "001_broken.up.sql:2:8" in started.stderr
    home.connection = parse_environment(started.stdout)
    assert home.psql("select to_regclass('ok') is null") == "t"


def test_a_comment_that_is_not_closed_is_refused(home, tmp_path):
    home.up()
    write(tmp_path, "001_a", "/* tables of migrations/*.sql */\nCREATE TABLE a ();\n")
    done = home.run("migrate", "run", "--source", tmp_path, code=1)
    assert 'the "/*" in line 1, column 24' in done.stderr
    assert home.lines("migrate", "info", "--source", tmp_path)[0]["state"] == "pending"
    write(tmp_path, "001_a", "\\restrict abc\nCREATE TABLE a ();\n\\unrestrict abc\n")
    assert "pg_dump writes \\restrict" in home.run("migrate", "run", "--source", tmp_path, code=1).stderr


def test_a_byte_order_mark_and_other_line_ends_stop_nothing(home, tmp_path):
    home.up()
    write(tmp_path, "001_a", "\ufeffCREATE TABLE a ();\n")
    home.run("migrate", "run", "--source", tmp_path)
    (tmp_path / "001_a.up.sql").write_bytes(b"CREATE TABLE a ();\r\n")
    write(tmp_path, "002_b", "CREATE TABLE b ();\n")
    done = home.run("migrate", "run", "--source", tmp_path)
    assert "001_a.up.sql has other line ends" in done.stderr
    assert [m["state"] for m in home.lines("migrate", "info", "--source", tmp_path)] == ["line-ends", "applied"]


def test_a_dry_run_through_psql_stops_at_the_first_error(home, tmp_path):
    home.up()
    write(tmp_path, "001_a", "CREATE TABLE a ();\n")
    write(tmp_path, "002_b", "CREATE TABLE b ();\nSELECT nonsense;\n")
    write(tmp_path, "003_c", "CREATE TABLE c ();\n")
    sql = home.run("migrate", "run", "--dry-run", "--source", tmp_path).stdout
    psql = subprocess.run(
        ["psql", "-Xq", home.address()], env=home.environment, input=sql, capture_output=True, text=True)
    assert psql.returncode == 3 and 'column "nonsense" does not exist' in psql.stderr
    assert [m["state"] for m in home.lines("migrate", "info", "--source", tmp_path)] == ["applied", "pending", "pending"]
    assert home.psql("select to_regclass('b') is null and to_regclass('c') is null") == "t"


def test_who_is_waited_for_is_named(home, tmp_path):
    home.up()
    write(tmp_path, "001_a", "ALTER TABLE plugins ADD mine int;\n")
    holder = subprocess.Popen(
        ["psql", "-Xq", home.address()], env=home.environment | {"PGAPPNAME": "the holder"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdin.write("begin; select count(*) from plugins; \\echo held\n")
    holder.stdin.flush()
    while "held" not in holder.stdout.readline():
        pass
    done = home.run("migrate", "run", "--source", tmp_path, "--lock-timeout", "4s", code=1)
    assert "55P03" in done.stderr and "table public.plugins" in done.stderr and 'application "the holder"' in done.stderr
    holder.communicate("commit;\n")
    home.run("migrate", "run", "--source", tmp_path)
