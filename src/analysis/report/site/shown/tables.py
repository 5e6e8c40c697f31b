"""What the pages say about the tables of the documents."""

import csv
from typing import Any

from analysis import paths
from analysis.data.collection import documents
from analysis.data.tables import read_descriptor
from analysis.language.current import (
    label,
    tr,
)


def codebook() -> list[dict[str, Any]]:
    """Return every table of `data/raw` with its document, its columns and its number of rows."""
    found, names = [], {each.slug: label(each.dated) for each in documents(paths.RAW)}
    for resource in read_descriptor()["resources"]:
        with (paths.RAW / resource["path"]).open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        said = {"rows": rows, "fields": resource["schema"]["fields"]}
        said["document"] = names.get(resource["path"].partition("/")[0], tr("All documents"))
        found.append(resource | said)
    return found
