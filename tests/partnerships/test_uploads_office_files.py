"""Office files are archives: bombs, macros, passwords and paths in them are refused."""

import zipfile
from io import BytesIO

import pytest

from partnerships.uploads.file_types import OLD_OFFICE
from tests.partnerships.checking import ZIP, refusal
from tests.sample_files import archive, odf, of_kind, ooxml


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused():
    assert refusal("report.docx", ooxml("docx", word__media__bomb=bytes(30_000_000))) == "bomb"


def test_parts_that_together_unpack_to_too_much_are_refused(settings):
    settings.UPLOAD_MAX_UNPACKED = 5_000_000
    noise = bytes(range(256)) * 3900
    assert refusal("report.docx", ooxml("docx", **{f"word__media__{n}": noise for n in range(6)})) == "bomb"


def test_too_many_parts_are_refused():
    assert refusal("report.docx", ooxml("docx", **{f"word__{n}": "" for n in range(5001)})) == "bomb"


OTHERS = [b"7z\xbc\xaf\x27\x1c" + bytes(40), b"Rar!\x1a\x07\x01" + bytes(40)]


@pytest.mark.parametrize("packed", [ZIP, *OTHERS])
def test_an_archive_in_an_office_file_is_refused(packed):
    assert refusal("report.docx", ooxml("docx", word__media__more=packed)) == "nested"


@pytest.mark.parametrize("packed", OTHERS)
def test_no_other_archive_is_an_embedded_document(packed):
    assert refusal("report.docx", ooxml("docx", word__embeddings__more=packed)) == "nested"


@pytest.mark.parametrize("head", [b"MZ", b"\x7fELF", b"#!/bin/sh", b"L\0\0\0\x01\x14\x02\0"])
def test_a_program_in_an_office_file_is_refused(head):
    assert refusal("report.docx", ooxml("docx", word__media__more=head + bytes(99))) == "program"


def test_an_archive_in_an_embedded_document_is_refused():
    inner = ooxml("xlsx", xl__embeddings__deeperxlsx=of_kind("xlsx"))
    assert refusal("slides.pptx", ooxml("pptx", ppt__embeddings__sheet1=inner)) == "nested"


def test_an_embedded_document_counts_into_the_same_size(settings):
    settings.UPLOAD_MAX_UNPACKED = 100_000
    inner = ooxml("xlsx", xl__media__noise=bytes(range(256)) * 391)
    assert refusal("slides.pptx", ooxml("pptx", ppt__embeddings__sheet1=inner)) == "bomb"


def overlapping():
    """An archive whose directory names the same packed bytes again and again."""
    content = ooxml("docx", word__media__big=bytes(range(256)) * 40)
    with zipfile.ZipFile(BytesIO(content)) as read:
        entry = read.getinfo("word/media/big")
        buffer = BytesIO(content)
        with zipfile.ZipFile(buffer, "a") as out:
            for number in range(200):
                twin = zipfile.ZipInfo(f"word/media/twin{number}")
                for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                    setattr(twin, name, getattr(entry, name))
                out.filelist.append(twin)
                out.NameToInfo[twin.filename] = twin
            out._didModify = True
    return buffer.getvalue()


def test_parts_that_lie_on_each_other_are_refused():
    assert refusal("report.docx", overlapping()) == "broken"


def encrypted(content):
    """The archive with the mark of encryption on every part."""
    content = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def test_encrypted_parts_are_refused():
    assert refusal("report.docx", encrypted(of_kind("docx"))) == "password"


def test_an_opendocument_file_with_a_password_is_refused():
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert refusal("report.odt", odf("odt", manifest)) == "password"


def test_a_damaged_part_is_refused():
    content = bytearray(ooxml("docx", word__media__noise=bytes(range(256)) * 40))
    at = content.find(b"word/media/noise") + len("word/media/noise") + 30
    content[at] ^= 0xFF
    assert refusal("report.docx", bytes(content)) == "broken"


def test_a_cut_off_archive_is_refused():
    assert refusal("report.docx", of_kind("docx")[:-30]) == "type"


@pytest.mark.parametrize("name", ["../../evil", "/etc/passwd", "word/../../x", r"word\..\x"])
def test_parts_with_paths_out_of_the_archive_are_refused(name):
    assert refusal("report.docx", ooxml("docx", **{name: "x"})) == "name"


@pytest.mark.parametrize(
    ("suffix", "part"),
    [
        ("docx", "word__vbaProject.bin"),
        ("xlsx", "xl__VBAPROJECT.BIN"),
        ("pptx", "ppt__vbaProject.bin"),
        ("docx", "word__vbaData.xml"),
        ("xlsx", "xl__macrosheets__sheet1.xml"),
    ],
)
def test_macros_in_office_files_are_refused(suffix, part):
    assert refusal(f"report.{suffix}", ooxml(suffix, **{part: "Sub AutoOpen()"})) == "macros"


def test_macros_under_another_name_are_refused():
    types = '<Types><Override PartName="/word/x" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    parts = {"[Content_Types].xml": types, "word/document.xml": "<document/>", "word/x": "Sub AutoOpen()"}
    assert refusal("report.docx", archive(parts)) == "macros"


def test_macros_in_an_embedded_document_are_refused():
    inner = ooxml("xlsx", **{"xl__vbaProject.bin": "Sub AutoOpen()"})
    assert refusal("slides.pptx", ooxml("pptx", ppt__embeddings__sheet1=inner)) == "macros"


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/run.py"])
def test_macros_in_opendocument_files_are_refused(part):
    assert refusal("report.odt", odf("odt", {part: "Sub Main"})) == "macros"


@pytest.mark.parametrize("program", [b"MZ" + bytes(60), b"\x7fELF" + bytes(60)])
def test_programs_in_office_files_are_refused(program):
    assert refusal("report.docx", ooxml("docx", word__embeddings__oleObject1=program)) == "program"


def test_an_embedded_document_with_a_password_is_refused():
    """Programs wrap what they encrypt in the container of the old kind."""
    wrapped = OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert refusal("report.docx", ooxml("docx", word__embeddings__sheetxlsx=wrapped)) == "password"
