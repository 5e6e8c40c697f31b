"""The ledger: every quantitative claim of the documents, recomputed from the other numbers.

`claims` and `read` hold and read the claims, `checks` names the check of each kind (in `shares`,
`relations`, `times`), `verdicts` judges, `outside` compares with other sources, `sources` audits
the reference lists, `summaries` counts and ranks, `explain` shows one claim, `mutation` changes
every number to see what notices, `coverage` looks for numbers of a text that no claim covers,
`readers` compares two readings.
"""
