"""A survey as an object: questions with their printed or counted answers, and what they allow."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "population": ["reference_test"],
        "questions": [
            "base_readings",
            "check_question",
            "figure_lines",
            "left_in_words",
            "people_left",
            "respondents",
            "share_table",
        ],
    },
)
