"""Answers of a survey, from a file that a person has to counted combinations of answers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "answers": ["Note", "Responses"],
        "codebook": ["KINDS", "Codebook", "Entry", "read_codebook"],
        "joint": ["distinct", "joint"],
        "options": ["Options", "plain"],
    },
)
