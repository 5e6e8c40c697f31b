"""Answers that are too many for the memory of one process: on the disk, or with a cluster."""

from analysis.responses.engines.cluster import open_spark
from analysis.responses.engines.database import open_large

__all__ = ["open_large", "open_spark"]
