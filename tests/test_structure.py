"""The folders of the library point one way, and only `documents` knows the documents."""

import ast
import re

from analysis import paths, read_table

# From the ground up: each part may import from those before it, and from itself.
ORDER = [
    *("paths", "failures", "arguments", "problems", "textfile"),
    *("language", "counts", "data", "responses", "inference"),
    *("figures", "outputs", "writing", "survey", "ledger", "documents", "report"),
    *("calculator", "__main__"),
]
TESTS = paths.ROOT / "tests"
TEXTS = {".py", ".html", ".md", ".typ", ".css", ".js", ".yml", ".txt"}
COUNTRIES = ("KAZ", "GEO", "AZE")  # of the documents


def part(file):
    """Return the part of the library that a file belongs to."""
    return file.relative_to(paths.CODE).with_suffix("").parts[0]


def imported(tree):
    """Return the parts of the library that a module imports, also inside functions."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{each.name}" for each in node.names]
    parts = [name.split(".") for name in names]
    return {name[1] for name in parts if name[0] == "analysis" and len(name) > 1}


def modules():
    return sorted(paths.CODE.rglob("*.py"))


def test_every_part_of_the_library_has_its_place_in_the_order():
    assert {part(file) for file in modules()} == {"__init__", *ORDER}


def test_no_module_imports_a_part_that_stands_above_its_own():
    upward = [
        f"{file.relative_to(paths.ROOT)} imports {name}"
        for file in modules()
        if part(file) != "__init__"
        for name in sorted(imported(ast.parse(file.read_text("utf-8"))))
        if ORDER.index(name) > ORDER.index(part(file))
    ]
    assert not upward, "\n".join(upward)


def test_an_import_inside_a_function_counts_and_one_from_outside_does_not():
    code = "import json\nfrom analysis import paths\ndef f():\n    import analysis.report.build"
    assert imported(ast.parse(code)) == {"paths", "report"}


def slugs():
    """Return the short names of the documents, but for the one that the guide makes up."""
    guide = (paths.ROOT / "docs" / "adding-a-paper.md").read_text("utf-8")
    made_up = set(re.findall(r"data/raw/([a-z0-9-]+)/document\.yml", guide))
    return sorted(set(read_table("papers")["paper"]) - made_up)


def documents_named(text):
    """Return (line, word) for every word of a text that belongs to one document only."""
    words = [*slugs(), *COUNTRIES, "103", "14-ledger"]
    known = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, words))})(?![A-Za-z0-9])")
    lines = enumerate(text.splitlines(), start=1)
    return [(number, found[0]) for number, line in lines for found in known.finditer(line)]


def engine():
    """Return the files of the library and of the tests that may name no document."""
    apart = {paths.CODE / "documents", paths.LOCALE, TESTS / "documents"}
    files = [file for place in (paths.CODE, TESTS) for file in sorted(place.rglob("*"))]
    files = [file for file in files if file.suffix in TEXTS and "__pycache__" not in file.parts]
    files = [file for file in files if not apart & set(file.parents)]
    return [file for file in files if file.name != "test_structure.py"]


def test_the_engine_and_its_tests_name_no_document():
    found = [
        f"{file.relative_to(paths.ROOT)}:{number}: {word}"
        for file in engine()
        for number, word in documents_named(file.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


def test_a_document_is_found_by_name_and_not_inside_a_longer_word():
    (slug, *_) = slugs()
    text = f'one\nread_table("{slug}/x")\n{slug}ers of 1103, 103 of 200; KAZAN, KAZ'
    assert documents_named(text) == [(2, slug), (3, "103"), (3, "KAZ")]
