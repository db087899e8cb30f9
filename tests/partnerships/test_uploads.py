"""What may be uploaded: every allowed kind is taken, every trick is refused."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from partnerships.uploads import check_upload
from partnerships.uploads.file_types import FILE_TYPES
from tests.partnerships.checking import ZIP, check, refusal
from tests.sample_files import archive, of_kind, ooxml, pdf, picture, upload

SUFFIXES = {suffix[1:]: kind.media_type for kind in FILE_TYPES for suffix in kind.suffixes}


# --- what is taken --------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_allowed_kind_is_taken(suffix):
    checked = check(f"Informe técnico.{suffix}", of_kind(suffix))
    assert checked.name == f"Informe técnico.{suffix}"
    assert checked.media_type == SUFFIXES[suffix]


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"])
def test_documents_are_kept_byte_for_byte(suffix):
    content = of_kind(suffix)
    assert check(f"report.{suffix}", content).content == content


@pytest.mark.parametrize("suffix", ["PDF", "Docx"])
def test_the_ending_may_be_written_in_capitals(suffix):
    assert check(f"REPORT.{suffix}", of_kind(suffix.lower())).name == f"REPORT.{suffix}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_common_encodings_are_taken(encoding):
    assert check("datos.csv", "país;población\nPerú;30 %\n".encode(encoding)).media_type == "text/csv"


def test_a_text_may_begin_with_the_letters_of_another_format():
    assert check("note.txt", b"BMZ and PK pay, MZ does not; a < b > c").media_type == "text/plain"


@pytest.mark.parametrize(
    "text",
    [
        "<table 3>\nLosses before and after",
        "As <table 3> and <form 2> show, see <link to the report>.",
        "<a>;<b>\n1;2\n",
        "name;page\nWASCO;<a href='https://example.org'>page</a>\n",
        "<title>;<style>;<object 5>\n",
        "losses < a third, on = 5 > 3",
        "<onset = 3>",
    ],
)
@pytest.mark.parametrize("name", ["words.txt", "table.csv"])
def test_words_in_angle_brackets_are_words(name, text):
    assert check(name, text.encode()).content == text.encode()


def test_a_spreadsheet_embedded_in_slides_is_taken():
    content = ooxml("pptx", ppt__embeddings__Microsoft_Excel_Sheet1xlsx=of_kind("xlsx"))
    assert check("slides.pptx", content).content == content


# --- size -----------------------------------------------------------------------------------------------


def test_an_empty_file_is_refused():
    assert refusal("report.pdf", b"") == "empty"


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not(settings):
    content = pdf()
    settings.UPLOAD_MAX_BYTES = len(content)
    assert check("report.pdf", content)
    assert refusal("report.pdf", content + b"\n") == "too_big"


def test_the_refusal_says_how_large_a_file_may_be(settings):
    settings.UPLOAD_MAX_BYTES = 20 * 1024 * 1024
    with pytest.raises(ValidationError, match=r"larger than 20.0.{1,4}MB"):
        check("report.pdf", b"x" * (20 * 1024 * 1024 + 1))


# --- kinds that are not taken ---------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GIF = b"GIF89a" + bytes(20)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("page.html", HTML),
        ("page.htm", b"plain words"),
        ("data.xml", b"<?xml version='1.0'?><a/>"),
        ("run.exe", b"MZ" + bytes(100)),
        ("run.js", b"alert(1)"),
        ("picture.gif", GIF),
        ("archive.zip", ZIP),
        ("archive.pdf", ZIP),
        ("report.docx", ZIP),
        ("macros.docm", of_kind("docx")),
        ("run.pdf", b"\x7fELF" + bytes(100)),
        ("words.txt", b"abc\x00def"),
        ("words.csv", b"a;b\x1b[2J"),
        ("gif.txt", b"GIF89a=1;alert(1)"),
        ("postscript.txt", b"%!PS-Adobe-3.0"),
        ("rich.txt", rb"{\rtf1\ansi hello}"),
        ("script.txt", b"#!/bin/sh\nrm -rf ~"),
    ],
)
def test_other_kinds_are_refused(name, content):
    assert refusal(name, content) == "type"


def test_content_that_is_not_what_the_name_says_is_told():
    with pytest.raises(ValidationError, match="The name says PDF, but the content is nothing that is taken"):
        check("minutes.pdf", b"MZ" + bytes(100))


def test_the_refusal_names_what_is_allowed():
    with pytest.raises(ValidationError, match="Allowed are: PDF, DOCX, XLSX"):
        check("run.exe", b"MZ" + bytes(100))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_ending_must_say_what_the_content_is(suffix):
    other = "png" if suffix == "pdf" else "pdf"
    assert refusal(f"report.{suffix}", of_kind(other)) == "mismatch"


def test_the_refusal_names_both():
    with pytest.raises(ValidationError, match=r"says Word \(DOCX\), but the content is Excel \(XLSX\)"):
        check("report.docx", of_kind("xlsx"))


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx"])
def test_office_files_with_a_password_or_of_the_old_kind_are_refused(suffix):
    assert refusal(f"report.{suffix}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "password"


# --- names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/cron.d/report.pdf", "report.pdf"),
        (r"C:\Users\me\report.pdf", "report.pdf"),
        ("re\x00port\r\n.pdf", "report.pdf"),
        ("report\u202efdp.pdf", "reportfdp.pdf"),
        ("  what?  is: it|.pdf", "what is it.pdf"),
        ("Étude v1.2.pdf", "Étude v1.2.pdf"),
        ("photo.final.pdf ", "photo.final.pdf"),
    ],
)
def test_names_lose_folders_and_hidden_characters(given, kept):
    file = upload("x.pdf", pdf())
    file._name = given  # past Django's own cleaning, which another door may not have
    assert check_upload(file).name == kept


def test_long_names_are_cut_before_the_ending():
    name = check("ñ" * 300 + ".pdf", pdf()).name
    assert len(name) == 120
    assert name.endswith("ñ.pdf")


@pytest.mark.parametrize("name", ["invoice.exe.pdf", "invoice.PHP.pdf", "page.html.txt", "a.svg.png", "b.js .pdf"])
def test_a_second_ending_that_could_run_is_refused(name):
    assert refusal(name, pdf()) == "name"


@pytest.mark.parametrize("name", ["report", ".pdf", "...", "report."])
def test_a_name_needs_an_ending(name):
    file = upload("x.pdf", pdf())
    file._name = name
    with pytest.raises(ValidationError) as refused:
        check_upload(file)
    assert refused.value.code == "name"


# --- two files in one -----------------------------------------------------------------------------------


def test_a_pdf_with_an_archive_behind_it_is_refused():
    assert refusal("report.pdf", pdf() + ZIP) == "broken"


def test_a_pdf_with_an_archive_in_front_of_its_end_is_refused():
    assert refusal("report.pdf", pdf() + ZIP + b"\n%%EOF\n") == "two_in_one"


def test_a_pdf_that_begins_with_a_page_is_refused():
    assert refusal("report.pdf", pdf(b"<html><script>alert(1)</script>\n")) == "two_in_one"
    assert refusal("report.pdf", HTML + pdf()) == "mismatch"


def test_a_pdf_without_its_end_is_refused():
    assert refusal("report.pdf", pdf()[:-6]) == "broken"


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@pytest.mark.parametrize("front", [b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"MZ"])
def test_an_office_file_with_another_one_in_front_is_refused(suffix, front):
    assert refusal(f"report.{suffix}", front + of_kind(suffix)) in {"type", "mismatch", "two_in_one"}


def test_an_office_file_behind_another_archive_is_refused():
    assert refusal("report.docx", ZIP + of_kind("docx")) == "two_in_one"


@pytest.mark.parametrize("behind", [b"%PDF-1.7 %%EOF", b"\n", HTML])
def test_an_office_file_with_something_behind_it_is_refused(behind):
    assert refusal("report.docx", of_kind("docx") + behind) in {"type", "two_in_one"}


def test_an_office_file_with_a_comment_of_its_archive_is_refused():
    buffer = BytesIO(of_kind("docx"))
    with zipfile.ZipFile(buffer, "a") as out:
        out.comment = b"<script>alert(1)</script>"
    assert refusal("report.docx", buffer.getvalue()) == "two_in_one"


def test_a_pdf_inside_the_first_part_of_an_office_file_is_refused():
    parts = {"a.txt": pdf(), "[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    assert refusal("report.docx", archive(parts, zipfile.ZIP_STORED)) == "two_in_one"


@pytest.mark.parametrize(("suffix", "form"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
@pytest.mark.parametrize("behind", [ZIP, HTML, b"MZ" + bytes(50)])
def test_what_follows_a_picture_does_not_survive(suffix, form, behind):
    kept = check(f"photo.{suffix}", picture(form) + behind).content
    assert behind not in kept
    assert not zipfile.is_zipfile(BytesIO(kept))
    assert Image.open(BytesIO(kept)).size == (40, 30)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>",
        "\ufeff  <HTML>",
        "name;note\n1;<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "<?xml version='1.0'?>",
        "<iframe src=x>",
        "<!-- a --><b>",
        "<img src=x onerror=alert(1)>",
        "<img/src=x/onerror=alert(1)>",
        "words <a href=javascript:alert(1)>here</a>",
        "words <iframe srcdoc='x'>",
        "words <SCRIPT/x>",
        "words <meta http-equiv=refresh content=0>",
    ],
)
@pytest.mark.parametrize("name", ["words.txt", "table.csv"])
def test_texts_that_a_browser_could_take_for_a_page_are_refused(name, text):
    assert refusal(name, text.encode()) == "markup"
    assert refusal(name, text.replace("\ufeff", "").encode("utf-16")) == "markup"
