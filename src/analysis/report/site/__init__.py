"""The report as a site: pages from the executed notebooks and the data, opened from disk.

`shown` gathers what the pages say, `build` writes them with Sphinx and moves them in whole,
`policy` locks each page against anything from outside.
"""
