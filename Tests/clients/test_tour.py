"""The README's tour, run as it stands there.

Each `sh` block of "Five minutes" runs in one shell, each `sql` block in `miyabi psql`. A `text` block shows what the block
before it prints; … stands for anything. A comment `<!-- tour: leave out, WHY -->` leaves a block out, and
`<!-- tour: instead, WHY: COMMAND -->` runs something else.
"""

import os
import re
import subprocess

import pytest

from conftest import MIYABI, ROOT

BLOCK = re.compile(r"(?:<!-- tour: (?P<how>[^\n]*) -->\n)?```(?P<kind>sh|sql|text)\n(?P<text>.*?)```\n", re.S)


def blocks():
    readme = (ROOT / "README.md").read_text()
    tour = readme.split("\n## Five minutes\n")[1].split("\n## ")[0]
    return [match.groupdict() for match in BLOCK.finditer(tour)]


def script(block, number):
    text = block["text"]
    if block["how"]:
        how, _, instead = block["how"].partition(": ")
        if how.startswith("leave out"):
            return ""
        assert how.startswith("instead"), block["how"]
        text = instead + "\n"
    if block["kind"] == "sql":
        text = f"miyabi psql -X <<'END' 2>&1\n{text}END\n"
    return f"{{\n{text}}} > out.{number} 2> err.{number}\n"


def shown(text):
    """A pattern for what a `text` block shows."""
    lines = [re.escape(line.rstrip()).replace("…", ".*") for line in text.strip("\n").split("\n")]
    # A line of its own stands for any number of lines.
    return "".join("(?:.*\n)*?" if line == ".*" else line + " *\n" for line in lines)


@pytest.fixture
def place(home):
    """A directory that looks like a clone with the program built."""
    (home.path / "bin").mkdir()
    (home.path / "bin/miyabi").symlink_to(MIYABI)
    (home.work / "Database").symlink_to(ROOT / "Database")
    yield home
    subprocess.run([MIYABI, "down", "--home", home.work / ".miyabi"], capture_output=True)
    subprocess.run([MIYABI, "reset", "--yes", "--home", home.work / ".miyabi"], capture_output=True)
    subprocess.run([MIYABI, "reset", "--yes", "--home", home.path / "copy"], capture_output=True)


def test_the_readme_is_true(place):
    tour = blocks()
    runs = [(number, block) for number, block in enumerate(tour) if block["kind"] != "text"]
    assert len(runs) >= 8
    text = "set -eEuo pipefail\n" + "".join(script(block, number) for number, block in runs)
    environment = {name: value for name, value in place.environment.items() if name != "MIYABI_HOME"}
    environment |= {
        "PATH": f"{place.path}/bin:{os.environ['PATH']}", "AWS_PAGER": "", "PAGER": "cat",
        "MIYABI_POSTGRES_PORT": "0", "MIYABI_DYNAMODB_PORT": "0"}
    done = subprocess.run(
        ["bash", "-c", text], cwd=place.work, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=240)
    written = {path.name: path.read_text() for path in place.work.glob("*.*") if re.match(r"(out|err)\.\d+", path.name)}
    assert done.returncode == 0, (done.stderr, written)
    for number, block in enumerate(tour):
        if block["kind"] == "text":
            assert re.search("^" + shown(block["text"]), written[f"out.{number - 1}"], re.M), (
                block["text"], written[f"out.{number - 1}"])
        elif block["kind"] == "sql":
            for error in re.findall(r"-- (ERROR: .*)", block["text"]):
                assert re.search(re.escape(error).replace(r":\ ", ":\\s+"), written[f"out.{number}"]), written[f"out.{number}"]
    assert not (place.work / ".miyabi").exists(), "the tour ends with a reset"
