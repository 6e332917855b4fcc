"""miyabi migrate, as an engineer uses it."""

import subprocess

from conftest import ROOT


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
    url = home.connection["DATABASE_URL"].replace("/miyabi_production", "/empty")
    done = home.run("migrate", "run", "--source", tmp_path, code=None, DATABASE_URL=url)
    assert done.returncode != 0
    assert "001_broken.up.sql:2" in done.stderr and "^" in done.stderr and "42704" in done.stderr


def test_pgbench_runs_on_the_cluster(shared_home):
    """The cluster is plain PostgreSQL: the tools of the field work on it."""
    url = shared_home.connection["DATABASE_URL"]
    shared_home.psql("create database bench")
    bench = url.replace("/miyabi_production", "/bench")
    for arguments in (["-i", "-q"], ["-S", "-M", "prepared", "-c", "4", "-t", "100"]):
        done = subprocess.run(["pgbench", *arguments, bench], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert "400/400" in done.stdout
