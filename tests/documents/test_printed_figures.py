"""The figures that the documents print, as somebody who leafs through them would list them."""

from analysis import read_table


def test_the_seven_printed_figures_are_listed():
    figures = read_table("figures")
    printed = figures[figures["number"] != ""]
    assert sorted(zip(printed["paper"], printed["number"], strict=True)) == [
        ("zhakyanova", "Figure 1"),
        ("zhakyanova", "Figure 1"),
        ("zhakyanova", "Figure 2"),
        ("zhakyanova", "Figure 3"),
        ("zhakyanova", "Figure 4"),
        ("zharylkap", "Figure 1"),
        ("zharylkap", "Image 1"),
    ]
