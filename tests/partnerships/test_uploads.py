"""What may be uploaded: every allowed kind is taken, every trick is refused."""

import struct
import sys
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, PngImagePlugin

from partnerships.uploads import check_upload
from partnerships.uploads.kinds import KINDS
from tests.sample_files import archive, odf, of_kind, ooxml, pdf, picture, upload

SUFFIXES = {suffix[1:]: kind.media_type for kind in KINDS for suffix in kind.suffixes}
ZIP = archive({"payload.js": "alert(1)"})


def check(name, content):
    return check_upload(upload(name, content))


def refusal(name, content):
    """The code under which the file is refused."""
    with pytest.raises(ValidationError) as refused:
        check(name, content)
    return refused.value.code


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
    ],
)
@pytest.mark.parametrize("name", ["words.txt", "table.csv"])
def test_texts_that_a_browser_could_take_for_a_page_are_refused(name, text):
    assert refusal(name, text.encode()) == "markup"
    assert refusal(name, text.replace("\ufeff", "").encode("utf-16")) == "markup"


# --- archives -------------------------------------------------------------------------------------------


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_refused():
    assert refusal("report.docx", ooxml("docx", word__media__bomb=bytes(30_000_000))) == "bomb"


def test_parts_that_together_unpack_to_too_much_are_refused(settings):
    settings.UPLOAD_MAX_UNPACKED = 5_000_000
    noise = bytes(range(256)) * 3900
    assert refusal("report.docx", ooxml("docx", **{f"word__media__{n}": noise for n in range(6)})) == "bomb"


def test_too_many_parts_are_refused():
    assert refusal("report.docx", ooxml("docx", **{f"word__{n}": "" for n in range(5001)})) == "bomb"


def test_an_archive_in_an_office_file_is_refused():
    assert refusal("report.docx", ooxml("docx", word__media__more=ZIP)) == "nested"


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


# --- pictures -------------------------------------------------------------------------------------------


def with_exif(form, orientation=6):
    image = Image.open(BytesIO(picture(form)))
    exif = image.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[2] = (13.0, 54.0, 0.0)
    buffer = BytesIO()
    image.save(buffer, form, exif=exif, quality=95)
    return buffer.getvalue()


@pytest.mark.parametrize(("suffix", "form"), [("jpg", "JPEG"), ("webp", "WEBP"), ("png", "PNG")])
def test_pictures_lose_where_and_with_what_they_were_taken(suffix, form):
    content = with_exif(form)
    assert b"CameraMaker" in content
    kept = check(f"photo.{suffix}", content).content
    assert b"CameraMaker" not in kept
    assert not Image.open(BytesIO(kept)).getexif()


def test_pictures_stay_upright():
    kept = Image.open(BytesIO(check("photo.jpg", with_exif("JPEG")).content)).convert("RGB")
    assert kept.size == (30, 40)
    red, white = kept.getpixel((15, 5)), kept.getpixel((15, 35))
    assert red[0] > 200 > red[1] + 100
    assert min(white) > 200


def test_words_in_a_picture_do_not_survive():
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "private words")
    kept = check("map.png", picture("PNG", pnginfo=told)).content
    assert b"private words" not in kept
    assert b"private words" not in check("photo.jpg", picture("JPEG", comment=b"private words")).content


def test_a_colour_profile_is_worked_in_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = Image.open(BytesIO(check("photo.jpg", picture("JPEG", icc_profile=profile)).content))
    assert "icc_profile" not in kept.info
    assert kept.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_transparent_picture_stays_transparent():
    buffer = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(buffer, "PNG")
    kept = Image.open(BytesIO(check("logo.png", buffer.getvalue()).content))
    assert kept.convert("RGBA").getpixel((1, 1))[3] == 0


def png_that_says(width, height):
    """A PNG whose header states a size that its few bytes do not have."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (8000, 5001)])
def test_pictures_with_too_many_pixels_are_refused_before_they_are_decoded(size):
    assert refusal("bomb.png", png_that_says(*size)) == "bomb"


def test_as_many_pixels_as_allowed_are_taken(settings):
    settings.UPLOAD_MAX_PIXELS = 1200
    assert check("photo.png", picture("PNG", (40, 30)))
    assert refusal("photo.png", picture("PNG", (40, 31))) == "bomb"


@pytest.mark.parametrize(("suffix", "form"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_damaged_pictures_are_refused(suffix, form):
    content = picture(form, (400, 300))
    assert refusal(f"photo.{suffix}", content[: len(content) // 2]) == "broken"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(form):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    buffer = BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    assert refusal(f"moving.{form.lower()}", buffer.getvalue()) == "animated"


# --- the scanner ----------------------------------------------------------------------------------------


@pytest.fixture
def scanner(tmp_path, settings):
    """A program that stands for a virus scanner, written as the test needs it."""

    def install(body):
        program = tmp_path / "scanner.py"
        program.write_text(body)
        settings.UPLOAD_SCANNER = f"{sys.executable} {program}"

    return install


LOOKS_FOR_EICAR = "import sys; sys.exit(b'EICAR' in open(sys.argv[-1], 'rb').read())"


def test_what_the_scanner_calls_clean_is_taken(scanner):
    scanner(LOOKS_FOR_EICAR)
    assert check("report.pdf", pdf())


def test_what_the_scanner_finds_is_refused(scanner):
    scanner(LOOKS_FOR_EICAR)
    assert refusal("report.txt", b"EICAR") == "infected"


@pytest.mark.parametrize("body", ["raise SystemExit(2)", "raise SystemExit(50)", "import os; os.kill(os.getpid(), 9)"])
def test_a_scanner_that_fails_refuses_everything(scanner, body):
    scanner(body)
    assert refusal("report.pdf", pdf()) == "unscanned"


@pytest.mark.parametrize("program", ["/nowhere/clamdscan", "'unclosed"])
def test_a_scanner_that_is_not_there_refuses_everything(settings, program):
    settings.UPLOAD_SCANNER = program
    assert refusal("report.pdf", pdf()) == "unscanned"


def test_a_scanner_that_does_not_answer_refuses_everything(scanner, monkeypatch):
    monkeypatch.setattr("partnerships.uploads.scanner.PATIENCE", 0.2)
    scanner("import time; time.sleep(30)")
    assert refusal("report.pdf", pdf()) == "unscanned"
