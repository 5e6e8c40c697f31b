"""A document is a folder; a collection is a folder of them, read in order and together."""

import pandas as pd
import pytest

from analysis.data import codebook
from analysis.data.collection import documents
from analysis.data.tables import check_folder, read_descriptor, read_table, transcribed_tables
from analysis.language.current import speaking
from analysis.ledger.read import read_claims
from analysis.problems import TableError

CLAIMS = "claim,section,statement,printed,qualifier,unit,base,anchor,kind,inputs,bearing\n"
BOATS = """tables:
  boats:
    title: Boats
    description: One row a kind of boat.
    key: [boat]
    columns:
    - boat: {description: short name, pattern: "[a-z]+", required: true}
    - label
    - printed
    - length: {description: in metres, type: integer, minimum: 1, optional: true}
    - section
    - note
"""
OUTSIDE = """  harbours:
    title: Harbours
    description: One row a harbour; from a map.
    key: [harbour]
    columns:
    - harbour: short name
    - printed
"""


def claim(name):
    return f"{name},Results,Ten boats sail.,10,,boats,,ten boats sail,alone,,detail\n"


def write(folder, files):
    """Write files, a text for each name, below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def collection(tmp_path):
    """Two documents, the second in the alphabet first in the reading order."""
    return write(
        tmp_path / "all",
        {
            "pier/document.yml": "citation: Pier 2019\nyear: 2019\norder: 2\n",
            "pier/claims.csv": CLAIMS + claim("pier-ten"),
            "sail/document.yml": "citation: Sail\norder: 1\ndoi: 10.1000/182\n",
            "sail/claims.csv": CLAIMS + claim("sail-ten") + claim("sail-all"),
            "sail/tables.yml": BOATS + OUTSIDE,
            "sail/boats.csv": "boat,label,printed,section\nyawl,Yawl,10,All\nketch,Ketch,,All\n",
            "sail/harbours.csv": "harbour,printed\neast,4\n",
        },
    )


def slugs(folder):
    return [document.slug for document in documents(folder)]


def test_documents_stand_in_reading_order_then_by_name(collection):
    assert slugs(collection) == ["sail", "pier"]
    write(collection, {"dock/document.yml": "citation: Dock", "anchor/document.yml": "citation: A"})
    assert slugs(collection) == ["sail", "pier", "anchor", "dock"]


def test_a_folder_without_a_description_or_with_a_point_is_no_document_of_a_collection(collection):
    write(collection, {".old/document.yml": "citation: Old", "notes/read.txt": "x"})
    assert slugs(collection) == ["sail", "pier"] and check_folder(collection) == []


def test_a_folder_that_is_one_document_is_read_alone(collection):
    alone = collection / "sail"
    assert slugs(alone) == ["sail"]
    assert [each["path"] for each in read_descriptor(alone)["resources"]] == [
        "claims.csv",
        "boats.csv",
        "harbours.csv",
    ]
    pd.testing.assert_frame_equal(read_table("boats", alone), read_table("sail/boats", collection))
    pd.testing.assert_frame_equal(read_table("sail/boats", alone), read_table("boats", alone))
    assert list(read_table("claims", alone)["paper"]) == ["sail", "sail"]


def test_a_folder_with_a_standard_table_needs_no_description(tmp_path):
    folder = write(tmp_path / "My Boats", {"claims.csv": CLAIMS + claim("ten")})
    (document,) = documents(folder)
    assert (document.slug, document.reference) == ("my-boats", "My Boats")
    assert list(read_table("claims", folder)["paper"]) == ["my-boats"]


def test_a_document_of_a_collection_is_called_as_its_folder(collection):
    write(collection, {"Old Pier/document.yml": "citation: Pier", "Old Pier/claims.csv": CLAIMS})
    fault = r"all/Old Pier: give folder and document one name, such as old-pier$"
    with pytest.raises(TableError, match=fault):
        documents(collection)
    assert slugs(collection / "Old Pier") == ["old-pier"]


def test_two_documents_of_one_name_are_refused(collection):
    write(collection, {"dock/document.yml": "citation: Dock\nslug: pier"})
    (line,) = check_folder(collection)
    assert line.endswith("all/dock: give folder and document one name, such as pier")


def test_a_table_of_every_document_has_the_document_first(collection):
    claims = read_table("claims", collection)
    assert list(claims)[:2] == ["paper", "claim"]
    assert list(claims["paper"] + " " + claims["claim"]) == [
        "sail sail-ten",
        "sail sail-all",
        "pier pier-ten",
    ]
    assert list(claims.index) == [0, 1, 2]


def test_what_the_documents_say_of_themselves_is_a_table(collection):
    papers = read_table("papers", collection)
    assert list(papers["paper"]) == ["sail", "pier"]
    assert papers["year"].dtype == "Int64" and list(papers["year"].fillna(0)) == [0, 2019]
    assert list(papers["doi"]) == ["10.1000/182", ""]


def test_a_number_in_quotes_and_a_text_of_digits_are_what_their_entry_is(collection):
    write(
        collection,
        {"pier/document.yml": "citation: 2019\nyear: '2019'\norder: '3'\nissue: 4\ndoi: ''\nnote:"},
    )
    pier = documents(collection)[1]
    assert pier.about == {
        "slug": "pier",
        "citation": "2019",
        "year": 2019,
        "order": 3,
        "issue": "4",
    }


@pytest.mark.parametrize("name", ["questions", "references", "figures", "external_facts"])
def test_a_standard_table_that_no_document_has_is_empty_and_has_its_columns(collection, name):
    absent = read_table(name, collection)
    fields = read_descriptor(write_one(collection, name))["resources"][0]["schema"]["fields"]
    assert list(absent) == ["paper", *(field["name"] for field in fields)] and len(absent) == 0
    assert [absent[field["name"]].dtype == "Int64" for field in fields] == [
        field["type"] == "integer" for field in fields
    ]


def write_one(folder, name):
    """Write a document whose only table is a standard one."""
    return write(folder.parent / "one", {f"{name}.csv": "x\n"})


def test_a_column_left_out_is_empty_and_in_its_place(collection):
    boats = read_table("sail/boats", collection)
    assert list(boats) == ["boat", "label", "printed", "length", "section", "note"]
    assert list(boats["note"]) == ["", ""]
    assert boats["length"].dtype == "Int64" and boats["length"].isna().all()
    assert "note" in read_table("claims", collection)


def test_a_column_that_may_be_left_out_keeps_its_place_where_it_is_there(collection):
    write(
        collection, {"sail/boats.csv": "boat,label,printed,section,length\nyawl,Yawl,1,Fleet,3\n"}
    )
    with pytest.raises(
        TableError, match="not in order; expected boat,label,printed,length,section"
    ):
        read_table("sail/boats", collection)


def test_labels_are_translated_by_the_catalogue_beside_the_table(collection):
    entry = 'msgctxt "label"\nmsgid "Yawl"\nmsgstr "Иол"\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    write(collection, {"sail/locale/ru.po": head + entry})
    with speaking("ru"):
        assert list(read_table("sail/boats", collection)["label"]) == ["Иол", "Ketch"]
    with speaking("kk"):
        assert list(read_table("sail/boats", collection)["label"]) == ["Yawl", "Ketch"]
    assert list(read_table("sail/boats", collection)["label"]) == ["Yawl", "Ketch"]


def test_a_changed_file_is_seen_at_the_next_reading(collection):
    assert list(read_table("sail/boats", collection)["printed"]) == ["10", ""]
    write(collection, {"sail/boats.csv": "boat,label,printed,section\nyawl,Yawl,11,Fleet\n"})
    assert list(read_table("sail/boats", collection)["printed"]) == ["11"]
    write(collection, {"sail/document.yml": "citation: Sail 2021\norder: 3"})
    assert slugs(collection) == ["pier", "sail"]
    write(collection, {"sail/tables.yml": BOATS.replace("[a-z]+", "[0-9]+") + OUTSIDE})
    with pytest.raises(TableError, match="row 2, column boat: 'yawl' is not a whole number"):
        read_table("sail/boats", collection)
    assert read_table("figures", collection).empty
    write(collection, {"sail/references.csv": "entry,label,year,repeats,anchor\n1,A,,0,a b\n"})
    assert list(read_table("references", collection)["paper"]) == ["sail"]
    (collection / "sail/references.csv").unlink()
    assert read_table("references", collection).empty


def test_a_link_to_nowhere_is_a_line_and_no_crash(collection):
    (collection / "sail/figures.csv").symlink_to(collection / "nowhere.csv")
    (line,) = check_folder(collection)
    assert line.endswith("sail/figures.csv: there is no such file")


def test_the_transcribed_tables_are_those_with_a_section_of_the_document(collection):
    assert transcribed_tables(collection).to_dict("records") == [
        {"paper": "sail", "table": "Boats", "rows": 2, "printed numbers": 1, "source": "Sail"}
    ]


def test_a_source_is_the_document_unless_the_codebook_names_another(collection):
    outside = OUTSIDE + "    sources: [{title: a map, path: https://example.org/map}]\n"
    write(collection, {"sail/tables.yml": BOATS + outside})
    sources = {each["path"]: each["sources"] for each in read_descriptor(collection)["resources"]}
    assert sources["sail/boats.csv"] == [{"title": "Sail", "path": "https://doi.org/10.1000/182"}]
    assert sources["sail/harbours.csv"] == [{"title": "a map", "path": "https://example.org/map"}]
    assert sources["pier/claims.csv"] == [{"title": "Pier 2019"}]


def test_every_name_of_the_descriptor_stands_once(collection):
    extra = BOATS.replace("boats:", "east_boats:")
    files = {"sail-east/document.yml": "citation: East", "sail-east/tables.yml": BOATS}
    write(collection, {**files, "sail/tables.yml": extra})
    names = [each["name"] for each in read_descriptor(collection)["resources"]]
    assert {"sail-east-boats", "sail-east_boats"} < set(names) and len(set(names)) == len(names)


def test_a_table_that_nobody_described_is_named(collection):
    write(collection, {"pier/tides.csv": "a\n1\n", "quay/claims.csv": CLAIMS})
    lines = [line.split("all/")[1] for line in check_folder(collection)]
    assert lines == [
        "pier/tides.csv: is not described in tables.yml; describe it or delete it",
        "quay/claims.csv: lies in a folder without a document.yml; write it, and the folder is a "
        "document",
    ]


def test_a_table_described_and_not_there_is_named(collection):
    (collection / "sail/boats.csv").unlink()
    (line,) = check_folder(collection)
    assert line.endswith("sail/boats.csv: there is no such file")


def test_a_table_of_the_collection_may_point_to_no_table_of_a_document(collection):
    words = "tables: {words: {title: Words, description: Some, key: [word], columns: [word: a]"
    write(collection, {"tables.yml": words + "}}", "words.csv": "word\nwind\n"})
    assert check_folder(collection) == [] and list(read_table("words", collection)) == ["word"]
    write(collection, {"tables.yml": words + ", links: {word: boats.boat}}}"})
    (line,) = check_folder(collection)
    assert line.endswith("words: word links to the table boats, which is not there")


def test_two_claims_of_one_name_in_two_documents_are_refused(collection):
    assert set(read_claims(collection)) == {"sail-ten", "sail-all", "pier-ten"}
    write(collection, {"pier/claims.csv": CLAIMS + claim("sail-all")})
    with pytest.raises(TableError) as caught:
        read_claims(collection)
    assert caught.value.problems == [
        "pier/claims.csv, row 2, column claim: sail-all stands in another document too"
    ]


def test_a_folder_without_documents_says_what_one_is(tmp_path):
    (line,) = check_folder(tmp_path)
    assert line.endswith(": holds no document; a document is a folder with a document.yml")


@pytest.mark.parametrize("shared", ["label: a text", "label: [a, b]"])
def test_a_shared_column_that_is_no_description_is_named(tmp_path, shared):
    said = BOATS.replace("tables:", f"columns:\n  {shared}\ntables:", 1)
    said = said.replace("- label\n", "- label: what it is\n")
    write(tmp_path, {"document.yml": "citation: Ash 2019\n", "tables.yml": said})
    (line,) = check_folder(tmp_path)
    assert "tables.yml" in line and "label: " in line and "is no mapping" in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no names with values"),
        ("tables: [", "is not YAML"),
        ("tables: {}\ncolumns: {}", "document is missing"),
        ("document: [a]\ntables: {x: 1}\ncolumns: {y: 1}", "'a' is no column"),
        ("document:\n- a: b\ntables: {x: 1}\ncolumns: {y: {description: z}}", "x: "),
    ],
)
def test_a_broken_common_codebook_names_itself(collection, monkeypatch, content, said):
    broken = collection / "codebook.yml"
    broken.write_text(content, encoding="utf-8")
    monkeypatch.setattr(codebook, "COMMON", broken)
    caches = (codebook.common, codebook.standard_tables)
    try:
        for each in caches:
            each.cache_clear()
        lines = check_folder(collection)
    finally:
        for each in caches:
            each.cache_clear()
    assert "codebook.yml" in lines[0] and said in lines[0]
