"""The ledger: every quantitative claim of the documents, recomputed from the other numbers.

`claims` holds and `read` reads the claims, `checks` has the check of each kind, `verdicts` judges,
`outside` compares with other sources, `references` audits the reference lists, `summaries` counts
and ranks, `explain` shows one claim, `mutation` changes every number to see what notices,
`uncovered` looks for numbers of a text that no claim covers: `text` reads and prepares it,
`anchors` finds the places of claims, `excuses` the reasons why a number is none, `number_words`
knows numbers in words. `readers` compares two readings.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "mutation": ["mutation_table"],
        "outside": ["outside_table"],
        "readers": ["code_agreement", "reader_agreement"],
        "references": ["audit_summary", "reference_audit"],
        "summaries": ["findings", "verdict_counts", "verdicts_of"],
        "uncovered": ["uncovered_numbers"],
        "table": ["ledger_table"],
    },
)
