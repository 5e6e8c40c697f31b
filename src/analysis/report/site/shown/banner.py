"""What every page of a report says that is not the published one."""

from pathlib import Path

from analysis.language.current import current_language, tr
from analysis.report.settings import published_place, read_settings, settings_text


def banner(folder: Path) -> dict[str, str] | None:
    """Return what stands on every page of a report of other settings; nothing for the published.

    folder : Path
        The report of one language.

    Entries: text, link (its words) and published, the way to the published report from there, or
    "" where there is none.
    """
    settings = read_settings(folder)
    if not settings:
        return None
    said = tr(
        "This report was made with other settings: {settings}. The notebooks, figures and tables "
        "follow them; the verdicts do not.",
        settings=settings_text(settings),
    )
    place = published_place(folder, current_language())
    return {"text": said, "link": tr("To the published report"), "published": place}
