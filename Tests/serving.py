"""`miyabi dynamodb serve`, for tests that need a server of their own."""

import contextlib
import subprocess


@contextlib.contextmanager
def serving(home, *arguments):
    """Runs the server on a free port, gives its address, and stops it as Ctrl-C would; its log is then `home.server_log`."""
    process = subprocess.Popen(
        home.command("dynamodb", "serve", "--port", 0, *arguments), cwd=home.work, env=home.environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        assert line.startswith("DYNAMODB_ENDPOINT="), line + process.stderr.read()
        home.server = process.pid
        yield line.strip().split("=", 1)[1]
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=30)
        home.server_log = errors
    assert process.returncode == 0, errors
