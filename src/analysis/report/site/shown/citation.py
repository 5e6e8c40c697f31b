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
    *most, last = citation["authors"]
    authors = f"{', '.join(most)}, & {last}" if most else last
    head = f"{authors.rstrip('.')}. ({citation['year']}). {citation['title']}"
    address = f"https://doi.org/{citation['doi']}" if citation["doi"] else citation["repository"]
    said = f"{head} (Version {citation['version']}) [Computer software]."
    return f"{said} {address}".strip()


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
    names = [name if "," in name else f"{{{name}}}" for name in citation["authors"]]
    fields = {
        "author": " and ".join(names),
        "title": f"{{{citation['title']}}}",
        **{name: citation[name] for name in ("year", "date", "version", "doi")},
        "url": citation["repository"],
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = re.sub("[^a-z]", "", citation["title"].split()[0].lower()) + citation["year"]
    return f"@software{{{key},\n" + ",\n".join(lines) + "\n}"


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
