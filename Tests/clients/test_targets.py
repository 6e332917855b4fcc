"""The targets of Package.swift are layers, and a file imports only what its target names."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
TARGET = re.compile(r"\n        \.(systemLibrary|target|executableTarget|testTarget)\(\s*name: \"(\w+)\"(.*?)(?=\n        \.\w+\(|\n    \],\n    swift)", re.S)
IMPORT = re.compile(r"^(?:@\w+ )*(?:(?:public|package|internal|private) )?import (?:\w+ )?(\w+)", re.M)


def targets(manifest):
    """By name in the manifest's order: the targets of this package that a target names, and its folder."""
    found = {}
    for kind, name, rest in TARGET.findall(manifest):
        named = re.search(r"dependencies: \[(.*?)\n?\s*\](?:,|\))", rest.replace("])", "])"), re.S)
        plain = re.sub(r"\.product\([^)]*\)", "", named.group(1)) if named else ""
        path = re.search(r'\bpath: "([^"]+)"', rest)
        folder = "Tests" if kind == "testTarget" else "Sources"
        found[name] = set(re.findall(r'"(\w+)"', plain)), path.group(1) if path else f"{folder}/{name}"
    return found


TARGETS = targets((ROOT / "Package.swift").read_text())


def reaches(name):
    direct = TARGETS[name][0]
    return direct.union(*(reaches(one) for one in direct))


def test_the_manifest_is_understood():
    names = {path.name for path in (ROOT / "Sources").iterdir() if path.is_dir()}
    assert names <= TARGETS.keys()
    assert "MiyabiSystem" in TARGETS["MiyabiHome"][0] and "MiyabiHome" in reaches("miyabi")


def test_a_target_stands_below_what_it_imports():
    order = list(TARGETS)
    assert [
        (name, other) for name, (named, _) in TARGETS.items() for other in named
        if order.index(other) > order.index(name)
    ] == []


@pytest.mark.parametrize("name", TARGETS)
def test_a_file_imports_only_what_its_target_names(name):
    # The build system itself lets a file import whatever happens to be built already.
    named, folder = TARGETS[name]
    used = {
        module for path in (ROOT / folder).rglob("*.swift") for module in IMPORT.findall(path.read_text())
        if module in TARGETS
    }
    assert used - {name} <= named
    # What C++ includes it does not import.
    if any((ROOT / folder).rglob("*.swift")):
        assert named <= used | {"EmbedSQLTool"}, f"{name} names what it does not import"


def test_the_halves_and_the_engine_know_nothing_of_each_other_and_of_miyabi():
    assert "DynamoDB" not in reaches("Postgres") and "Postgres" not in reaches("DynamoDB")
    assert reaches("AWSCore") == set()
    for name in ["Postgres", "DynamoDBService"]:
        assert {one for one in reaches(name) if one.lower().startswith("miyabi")} == set()
    # A shop verifies licences without libpq, and each half's stores do without the other half.
    assert reaches("MiyabiLicensing") == {"MiyabiValues"}
    assert "DynamoDB" not in reaches("MiyabiRelational") and "Postgres" not in reaches("MiyabiRealtime")
    # Files and processes need no database, and migrations no DynamoDB.
    assert reaches("MiyabiSystem") == {"CSpawn"}
    assert "DynamoDB" not in reaches("MiyabiMigrations")
