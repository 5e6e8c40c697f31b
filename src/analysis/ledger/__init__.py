"""The ledger: every quantitative claim of the documents, recomputed from the other numbers.

`claims` holds and `read` reads the claims, `variants` the readings that the text states, allows or
excludes, `checks` has the check of each kind, `equations` says which numbers share a check,
`verdicts` judges, `outside` compares with other sources, `table` is the ledger. `settings` and
`assumptions` say what might be chosen otherwise, `multiverse` tries all of it, `mutation` changes
every number to see which verdict changes. `references` audits the reference lists, `summaries`
counts and ranks, `standing` says in a sentence how a claim is judged, `marks` in a word for a
figure, `durations` sets stated lengths of time beside dates, `explain` tells all of it,
`uncovered` looks for numbers of a text that no claim covers: `text` reads and prepares it,
`anchors` finds the places of claims, `excuses` the reasons why a number is none, `number_words`
knows numbers in words. `readers` compares two readings.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "durations": ["duration_table"],
        "marks": ["claim_statuses", "row_statuses"],
        "multiverse": ["multiverse_table", "outcomes_under", "single_changes"],
        "mutation": ["mutation_table"],
        "outside": ["outside_table"],
        "readers": ["code_agreement", "read_codes", "reader_agreement"],
        "references": ["audit_summary", "reference_audit"],
        "standing": ["status_of"],
        "summaries": [
            "changes",
            "chosen",
            "clashes",
            "findings",
            "first_of_clashes",
            "ground",
            "status_counts",
            "verdict_counts",
            "verdicts_of",
        ],
        "uncovered": ["uncovered_numbers"],
        "table": ["OF_VERDICT", "ledger_table"],
    },
)
