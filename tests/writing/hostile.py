"""Texts that somebody may have put into a survey to do harm, and blocks that hold them."""

import io

import pandas as pd
from PIL import Image

from analysis.writing.blocks import Figure, Heading, Paragraph, Table

TEXTS = [
    "=1+1",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+7 000",
    "-2",
    "@SUM(A1)",
    "http://example.org/a",
    "<script>alert(1)</script>",
    "&lt;b&gt; ]]> -->",
    "{=1+1}",
    "_x0041_",
    "a\x00b\x1b[31m",
    "two\nlines",
    "Қаржы жетіспейді",
    "日本語 🍐",
    "' onclick='x()",
    "{number} {0} %s",
    "[x](JaVaScRiPt:hacked()) <a href=java&#x09;script:hacked()>",
    "\tjavascript:hacked()",
    "\t=1+1",
    "\r=1+1",
    "$\\frac{$ {{ 7*7 }} {% raw %} #read(\"x\")",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]> &y;",
    "exe.\u202egnp \u2066 \u200f",
    "\x1b]0;title\x07 \x9b2J \x7f \ud800",
    "word" * 5000,
]  # fmt: skip


def png() -> bytes:
    """Return a picture of four dots."""
    content = io.BytesIO()
    Image.new("RGB", (2, 2), "white").save(content, format="PNG")
    return content.getvalue()


def blocks() -> list:
    """Return one block of every kind, each text of it hostile."""
    frame = pd.DataFrame(
        {
            "answer": pd.Series(TEXTS, dtype=object),
            "people": range(len(TEXTS)),
            "<i>share</i>": 12.345,
        }
    )
    return [
        Heading("<b>Survey</b> =1+1", 1),
        Heading("Answers\x01"),
        Paragraph("<img src=x onerror=alert(1)> & more"),
        Table(frame, "=Title <b>", ["Note & <i>more</i>."], "a/b:c*?[d]", {"<i>share</i>": 1}),
        Figure(png(), "A figure <b>", 'Alt "text" <b>', "Drawn & noted."),
    ]
