"""What the words mean that judge a claim: statuses, verdicts, stances of readings, bearings."""

from analysis.language.current import tr
from analysis.report.site.shown.claims import WRONG


def legend() -> dict[str, dict[str, str]]:
    """Return what the words for a status and for a verdict mean, each by its word."""
    return {"statuses": status_meanings(), "verdicts": verdict_meanings()}


def status_meanings() -> dict[str, str]:
    """Return what each status means."""
    return {
        "holds": tr(
            "other printed numbers give it, or an outside source confirms it, and nothing that "
            "was checked speaks against it"
        ),
        "may hold": tr(
            "the other numbers allow a range and it lies inside; a wrong number might have been "
            "caught"
        ),
        "holds only if": tr(
            "it fails as written, and is right under a reading that the text neither states nor "
            "excludes; the condition is named"
        ),
        WRONG: tr(
            "no reading that can be defended makes it fit, or an outside source of the same date "
            "says otherwise"
        ),
        "unknown": tr("nothing that was found decides; the reason is named"),
    }


def verdict_meanings() -> dict[str, str]:
    """Return what each verdict means: it looks only at what the document prints."""
    return {
        "reproduced": tr(
            "other printed numbers give it by arithmetic, under every reading that the text "
            "allows; a number printed twice is no arithmetic"
        ),
        "consistent": tr(
            "plausible: the other numbers allow a range and this one is inside it, as the text "
            "states it; how likely a wrong number would have been caught is the strength of the "
            "check"
        ),
        "conditional": tr(
            "fails as written, agrees under a reading that the text neither states nor excludes"
        ),
        "inconsistent": tr("agrees under no reading, the charitable ones included"),
        "not checkable": tr(
            "no other number decides, the number is only repeated, or the check is too weak"
        ),
    }


def stance_words() -> dict[str, str]:
    """Return what is said before a reading, by its stance."""
    return {
        "stated": tr("As the text states it."),
        "allowed": tr("Allowed: the text neither says it nor rules it out."),
        "excluded": tr("Excluded: the text rules it out, so it does not count."),
    }


def bearing_words() -> dict[str, str]:
    """Return what rests on a claim, in words."""
    return {
        "conclusion": tr("The conclusion: the point of its sentence rests on it."),
        "detail": tr("A detail: the point of its sentence stands without it."),
    }
