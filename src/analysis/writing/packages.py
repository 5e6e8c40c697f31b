"""Zip packages, which Word and Excel write, with the same bytes for the same content."""

import datetime
import io
import os
import zipfile

FIRST = 315532800  # 1980-01-01, the first day that a zip can hold


def moment() -> datetime.datetime:
    """Return the time that a document gives as its own: SOURCE_DATE_EPOCH, or the year 1980.

    >>> moment().tzinfo is None
    True
    """
    seconds = max(int(os.environ.get("SOURCE_DATE_EPOCH") or FIRST), FIRST)
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).replace(tzinfo=None)


def repacked(content: bytes) -> bytes:
    """Return a zip with every time in it that of `moment`, its files in their order.

    content : bytes
        The zip.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, moment().timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            made.writestr(entry, given.read(name))
    return out.getvalue()
