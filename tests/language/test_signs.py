"""Nothing that is printed acts on a terminal."""

import contextlib
import io

import pytest

from analysis import __main__ as command
from analysis.language.signs import ACTING, Shown, shown

HOSTILE = "x\x1b]0;y\x07\x1b[2Jz\u202e"


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("code", [0, 7, 8, 0x1B, 0x7F, 0x85, 0x9B, 0x200F, 0x202E, 0x2066, 0xD800])
def test_a_character_that_acts_is_shown_by_a_sign(code):
    assert not ACTING.search(shown(f"a{chr(code)}b")) and shown(f"a{chr(code)}b") != "ab"


@pytest.mark.parametrize(
    "text", ["Қаржы жетіспейді", "日本語 🍐", "👩\u200d🌾", "a\tb\nc", "soft\xadhyphen"]
)
def test_letters_of_any_language_stay_as_they_are(text):
    assert shown(text) == text


def test_a_bar_moves_back_on_a_terminal_and_nowhere_else():
    for stream, begins in ((Screen(), "\r 5 %"), (io.StringIO(), "\n 5 %")):
        Shown(stream).write("\r 5 %\x1b[2J")
        assert stream.getvalue() == f"{begins}␛[2J"


@pytest.mark.parametrize(
    "words",
    [
        [HOSTILE],
        ["codebook", HOSTILE],
        ["codebook", "made.csv", HOSTILE],
        ["codebook", "made.csv", "-o", f"{HOSTILE}.csv"],
        ["codebook", f"{HOSTILE}\udcff"],
        ["tally", "made.csv", "--codebook", HOSTILE, "-o", HOSTILE],
        ["survey", "made.csv", "--set", HOSTILE],
        ["survey", "made.csv", "--codebook", "made.csv", "--set", f"{HOSTILE}=1"],
        ["validate", HOSTILE],
        ["verify", HOSTILE],
        ["ledger", "--explain", HOSTILE],
        ["counts", HOSTILE, "--n", "5"],
        ["interval", "5", "--n", HOSTILE],
    ],
)
def test_file_names_and_parameters_do_not_act_on_the_terminal(words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made.csv").write_text(f"Crop{HOSTILE},E-mail\n" + "pears,a@example.org\n" * 9)
    with contextlib.suppress(SystemExit):
        command.main(words)
    said = "".join(capsys.readouterr())
    assert said and not ACTING.search(said) and "Traceback" not in said
