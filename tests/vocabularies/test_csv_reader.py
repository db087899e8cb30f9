"""Files that people wrote are read leniently where nothing is lost, and refused clearly where it is."""

import pytest
from django.core.exceptions import ValidationError

from vocabularies.csv_reader import DataProblems, read_rows


@pytest.fixture
def path(tmp_path):
    return tmp_path / "things.csv"


def refusal(path, columns=("key",)):
    with pytest.raises(DataProblems) as caught:
        read_rows(path, columns=columns)
    return str(caught.value)


def test_rows_know_their_line_even_after_gaps_and_line_breaks(path):
    path.write_text('\ufeffkey,note\na,"one\ntwo"\n\n,\nb, c \n', encoding="utf-8")
    rows = read_rows(path, columns=["key"], optional=["note", "source"])
    assert [(row.line, dict(row)) for row in rows] == [
        (2, {"key": "a", "note": "one\ntwo", "source": ""}),
        (6, {"key": "b", "note": "c", "source": ""}),
    ]


def test_a_cell_may_hold_several_values(path):
    path.write_text("key,names\na, One ;Two;;\nb,\n", encoding="utf-8")
    rows = read_rows(path, columns=["key", "names"])
    assert [row.several("names") for row in rows] == [["One", "Two"], []]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "things.csv, line 1, key: this column is missing"),
        ("key,kee\n", "things.csv, line 1, kee: no column of this name is known"),
        ("key,key\n", "things.csv, line 1, key: this column is there more than once"),
        ("key\na,b\n", "things.csv, line 2: has 2 cells, the heading has 1"),
    ],
)
def test_a_wrong_shape_is_refused(path, text, message):
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == message


def test_an_unreadable_file_is_refused(path):
    assert refusal(path) == "things.csv, line 1: the file cannot be read"
    path.write_bytes("key\nMéxico\n".encode("latin-1"))
    assert refusal(path) == "things.csv, line 1: the file is not in UTF-8"
    path.write_text('key\na\n"b', encoding="utf-8")
    assert refusal(path).startswith("things.csv, line 3: the quotation marks")


def test_the_errors_of_a_model_become_problems_of_the_row(path):
    path.write_text("key\na\n", encoding="utf-8")
    row = read_rows(path, columns=["key"])[0]
    error = ValidationError({"key": ["Too short.", "Too plain."], "__all__": "Odd."})
    assert [str(problem) for problem in row.problems_of(error)] == [
        "things.csv, line 2, key: Too short.",
        "things.csv, line 2, key: Too plain.",
        "things.csv, line 2: Odd.",
    ]
