"""The computed parts of the README files are what the data says now."""

import pytest

from analysis.report import readme


@pytest.mark.parametrize("file", list(readme.BLOCKS), ids=lambda file: file.parent.name)
def test_the_computed_parts_are_up_to_date(file):
    assert file.read_text(encoding="utf-8") == readme.updated(file), "python -m analysis readme"


def test_a_stale_part_is_brought_up_to_date(tmp_path, monkeypatch):
    file = tmp_path / "README.md"
    file.write_text("a\n<!-- part: computed -->\nold\n<!-- end of part -->\nz\n", encoding="utf-8")
    monkeypatch.setattr(readme, "BLOCKS", {file: {"part": lambda: "new"}})
    assert readme.updated_files()[file].splitlines()[1:4] == [
        "<!-- part: computed -->",
        "new",
        "<!-- end of part -->",
    ]


def test_a_readme_without_the_marks_is_an_error(tmp_path, monkeypatch):
    file = tmp_path / "README.md"
    file.write_text("nothing", encoding="utf-8")
    monkeypatch.setattr(readme, "BLOCKS", {file: {"part": lambda: "new"}})
    with pytest.raises(ValueError, match="the marks"):
        readme.updated_files()
