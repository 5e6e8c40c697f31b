"""The colours of the site's own style sheet can be read, whatever the page around them."""

import re

from analysis.report.site.current import HERE

COLOUR = re.compile("#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-f])")


def luminance(colour):
    """Return the relative luminance of a colour, after WCAG 2.2."""
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted(map(luminance, (first, second)))
    return (high + 0.05) / (low + 0.05)


def pairs():
    """Return (selector, background, text) of every rule that sets both."""
    style = (HERE / "static" / "site.css").read_text("utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]*background: #[^{}]*[ ;]color: #[^{}]*)\}", style)
    return [(selector.strip(), *COLOUR.findall(body)) for selector, body in rules]


def test_contrast_is_that_of_the_guideline():
    assert contrast("000", "ffffff") == 21
    assert round(contrast("777777", "fff"), 2) == 4.48  # the guideline's own near miss


def test_text_on_a_ground_of_our_own_has_a_contrast_of_four_and_a_half():
    assert pairs()
    assert not [pair for pair in pairs() if contrast(*pair[1:]) < 4.5]


def test_a_ground_of_our_own_never_stands_under_text_of_the_theme():
    style = (HERE / "static" / "site.css").read_text("utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]*background: #[^{}]*)\}", style)
    alone = [selector.strip() for selector, body in rules if not re.search(r"[ ;]color: #", body)]
    assert all(re.search(r"\bimg$", selector) for selector in alone)
