"""How the report is cited: author, version, licence, date and repository from `CITATION.cff`."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from analysis import paths
from analysis.data.schema import ADDRESS
from analysis.language.current import date, tr
from analysis.report.site.shown.guides import guide_files

REPOSITORY = ("repository-code", "repository", "url")
TEX = {char: f"\\{char}" for char in "&%$#_{}"}
TEX |= {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def read_citation() -> dict[str, Any]:
    """Return what `CITATION.cff` says of this project.

    Entries: title, authors (a list of names as a reference list has them), version, date (ISO
    8601), year, licences (a list), repository (an address, or nothing where none is named), doi.
    """
    said = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    return cited(said)


def cited(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of a CITATION.cff that the pages show.

    >>> made = {"title": "Orchards", "authors": [{"family-names": "Ash", "given-names": "Ann Bo"}]}
    >>> cited(made | {"version": 1, "date-released": "2020-05-01", "license": "MIT"})["authors"]
    ['Ash, A. B.']
    """
    licences = said.get("license", [])
    places = (str(said[name]) for name in REPOSITORY if said.get(name))
    return {
        "title": said["title"],
        "authors": [author_name(each) for each in said["authors"]],
        "version": str(said["version"]),
        "date": str(said["date-released"]),
        "year": str(said["date-released"])[:4],
        "licences": [licences] if isinstance(licences, str) else list(licences),
        "repository": next((each for each in places if ADDRESS.fullmatch(each)), ""),
        "doi": said.get("doi", ""),
    }


def author_name(author: Mapping[str, str]) -> str:
    """Return a person or a group as a reference list names them.

    >>> author_name({"name": "The orchard group"}), author_name({"family-names": "Ash"})
    ('The orchard group', 'Ash')
    """
    if "name" in author:
        return author["name"]
    initials = [f"{name[0]}." for name in author.get("given-names", "").split()]
    return ", ".join(filter(None, [author["family-names"], " ".join(initials)]))


def apa(citation: Mapping[str, Any]) -> str:
    """Return the citation in the manner of the American Psychological Association.

    >>> made = {"authors": ["Ash, A."], "year": "2020", "title": "Orchards", "version": "1.2"}
    >>> apa(made | {"repository": "", "doi": "10.1000/182"})
    'Ash, A. (2020). Orchards (Version 1.2) [Computer software]. https://doi.org/10.1000/182'
    """
    said = f"{citation['title']} (Version {citation['version']}) [Computer software]."
    return f"{_apa_head(citation)} {said} {address(citation)}".strip()


def _apa_head(citation: Mapping[str, Any]) -> str:
    *most, last = citation["authors"]
    authors = f"{', '.join(most)}, & {last}" if most else last
    return f"{authors.rstrip('.')}. ({citation['year']})."


def address(citation: Mapping[str, Any]) -> str:
    """Return where the report is found: its DOI, else its repository, else nothing."""
    return f"https://doi.org/{citation['doi']}" if citation["doi"] else citation["repository"]


def bibtex(citation: Mapping[str, Any]) -> str:
    """Return the citation as an entry of BibTeX; a group of authors stays together in braces.

    >>> made = {"authors": ["The group"], "year": "2020", "title": "Orchards", "version": "1.2"}
    >>> print(bibtex(made | {"date": "2020-05-01", "repository": "", "doi": ""}))
    @software{orchards2020,
      author = {{The group}},
      title = {{Orchards}},
      year = {2020},
      date = {2020-05-01},
      version = {1.2}
    }
    """
    key = re.sub("[^a-z]", "", citation["title"].split()[0].lower()) + citation["year"]
    return entry("software", key, citation, {"title": f"{{{tex(citation['title'])}}}"})


def entry(kind: str, key: str, citation: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """Return an entry of BibTeX: authors, own fields, and what all parts of the report share.

    said : mapping
        Fields by name, in the markup of TeX.
    """
    names = [tex(name) if "," in name else f"{{{tex(name)}}}" for name in citation["authors"]]
    fields = {
        "author": " and ".join(names),
        **said,
        **{name: citation[name] for name in ("year", "date", "version", "doi")},
        "url": citation["repository"],
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}"


def tex(text: str) -> str:
    """Return a text in which no character is a command of TeX.

    >>> tex("pears & plums, 40 %")
    'pears \\\\& plums, 40 \\\\%'
    """
    return "".join(TEX.get(char, char) for char in text)


def ris(citation: Mapping[str, Any]) -> str:
    """Return the citation as a record of RIS, which reference managers read.

    >>> made = {"authors": ["Ash, A."], "year": "2020", "title": "Orchards", "version": "1.2"}
    >>> ris(made | {"date": "2020-05-01", "repository": "", "doi": ""}).splitlines()[:3]
    ['TY  - COMP', 'AU  - Ash, A.', 'TI  - Orchards']
    """
    return record("COMP", citation, [("TI", citation["title"])])


def record(kind: str, citation: Mapping[str, Any], said: list[tuple[str, str]]) -> str:
    """Return a record of RIS: authors, own fields, and what all parts of the report share."""
    fields = [
        *(("AU", name) for name in citation["authors"]),
        *said,
        ("PY", citation["year"]),
        ("DA", citation["date"].replace("-", "/")),
        ("ET", citation["version"]),
        ("DO", citation["doi"]),
        ("UR", citation["repository"]),
    ]
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in fields if text]
    return "\n".join([f"TY  - {kind}", *lines, "ER  - "])


def claim_citation(
    citation: Mapping[str, Any], claim: str, statement: str, document: str
) -> dict[str, str]:
    """Return how the verdict on a claim is cited: apa, bibtex and ris.

    citation : mapping
        The report, as `cited` returns it.
    claim, statement, document : str
        Short name of the claim, what it says, and the reference of the document that says it.
    """
    title = f"Claim {claim}: {statement.rstrip('.')}"
    within = f"{citation['title']} (Version {citation['version']}, {citation['date']})"
    about = f"On: {document.rstrip('.')}"
    parts = [_apa_head(citation), f"{title}.", f"In {within} [Computer software].", f"{about}."]
    said = {
        "title": f"{{{tex(title)}}}",
        "howpublished": tex(f"In: {within}"),
        "note": tex(about),
    }
    return {
        "apa": " ".join([*parts, address(citation)]).strip(),
        "bibtex": entry("misc", f"{claim}-{citation['year']}", citation, said),
        "ris": record("GEN", citation, [("TI", title), ("T2", citation["title"]), ("N1", about)]),
    }


def citation_tags(citation: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (name, content) of what programs that collect references read in the head of a page.

    >>> made = {"authors": ["Ash, A."], "date": "2020-05-01", "title": "Orchards", "doi": ""}
    >>> citation_tags(made)[1:]
    [('citation_author', 'Ash, A.'), ('citation_publication_date', '2020/05/01')]
    """
    told = [("citation_title", citation["title"])]
    told += [("citation_author", name) for name in citation["authors"]]
    told += [("citation_publication_date", citation["date"].replace("-", "/"))]
    return told + ([("citation_doi", citation["doi"])] if citation["doi"] else [])


def foot(citation: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands at the foot of every page, in the language in use.

    Entries: authors, title, version, licence, data, cite, contest, certificate, guides (empty where
    there is none), and repository with source (both empty where CITATION.cff names none).
    """
    licences = " / ".join(citation["licences"])
    return {
        "authors": "; ".join(citation["authors"]),
        "title": citation["title"],
        "version": tr("Version {version}.").format(version=citation["version"]),
        "licence": tr("Licence: {licences}.", licences=licences),
        "data": tr("Data of {date}.", date=date(citation["date"])),
        "cite": tr("How to cite"),
        "contest": tr("Contest a verdict"),
        "certificate": tr("Certificate"),
        "guides": tr("Guides") if guide_files() else "",
        "repository": citation["repository"],
        "source": tr("Source code and data") if citation["repository"] else "",
    }
