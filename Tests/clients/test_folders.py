"""No folders of a target use each other in a circle."""

import importlib.machinery
import importlib.util
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
LOADER = importlib.machinery.SourceFileLoader("folder_uses", str(ROOT / "scripts/folder-uses"))
folder_uses = importlib.util.module_from_spec(importlib.util.spec_from_loader("folder_uses", LOADER))
LOADER.exec_module(folder_uses)

TARGETS = sorted({path.relative_to(ROOT / "Sources").parts[0] for path in (ROOT / "Sources").rglob("*.swift")})


@pytest.mark.parametrize("target", TARGETS)
def test_no_folders_of_a_target_use_each_other_in_a_circle(target):
    found = folder_uses.uses(ROOT / "Sources" / target)
    members = {folder for circle in folder_uses.circles(found) for folder in circle}
    assert not members, "\n".join(folder_uses.described(found, members))


def uses(root, **files):
    """By folder, the folders that it uses, of a target with one file in each folder."""
    for folder, text in files.items():
        (root / folder).mkdir()
        (root / folder / "File.swift").write_text(text)
    return {one: sorted(b for a, b in folder_uses.uses(root) if a == one) for one in files}


def test_uses_of_types_and_functions_are_found(tmp_path):
    assert uses(
        tmp_path,
        Types="public final class Table {}\n",
        Functions="func check() {}\n\nextension Int {\n    @inlinable static func checkTables() {}\n    func add() {}\n}\n",
        ByType="extension Table {}\n",
        ByFunction="func one() { check() }\n",
        ByMethod="func two() { Int.checkTables { 1 } }\n",
        ByShortMethod="func three() { set.add(1) }\n",
        ByInterpolation='let text = "\\(Table(named: "a)"))"\n',
    ) == {
        "Types": [], "Functions": [], "ByType": ["Types"], "ByFunction": ["Functions"], "ByMethod": ["Functions"],
        "ByShortMethod": [], "ByInterpolation": ["Types"],
    }


def test_comments_strings_and_names_that_mean_something_else_are_passed_over(tmp_path):
    assert uses(
        tmp_path,
        Types="struct Table {}\nprivate struct Hidden {}\nstruct Twice {}\n",
        Others="struct Twice {}\n",
        Comments="// Table\n/* /* Table */ Table */\nlet url = 1 // \"\nlet a = 1\n",
        Strings='let a = "Table \\" Table"\nlet b = """\n    "Table"\n    """\nlet c = #"\\(Table) " Table"#\n',
        Members="let a = Other.Table.self\nfunc f<Table>(_: Table) {}\n",
        Ambiguous="let a = Twice()\nlet b = Hidden()\n",
    ) == {"Types": [], "Others": [], "Comments": [], "Strings": [], "Members": [], "Ambiguous": []}


def test_circles_of_any_length_are_found(tmp_path):
    uses(
        tmp_path,
        A="struct InA { let next: InB }\n", B="struct InB { let next: InC }\n", C="struct InC { let next: InA? }\n",
        D="struct InD { let next: InE? }\n", E="struct InE { let next: InD?; let other: InA }\n", F="let f: InE? = nil\n")
    assert sorted(folder_uses.circles(folder_uses.uses(tmp_path))) == [["A", "B", "C"], ["D", "E"]]


def test_files_beside_the_folders_are_one_of_them(tmp_path):
    (tmp_path / "Top.swift").write_text("struct Top { let inner: Inner }\n")
    uses(tmp_path, Folder="struct Inner { let top: Top? }\n")
    assert folder_uses.circles(folder_uses.uses(tmp_path)) == [[".", "Folder"]]
