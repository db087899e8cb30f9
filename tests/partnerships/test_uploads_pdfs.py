"""PDFs are opened before they are kept: whole, for everybody, with nothing that acts; a hostile one costs little."""

import resource
import subprocess
import sys
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from partnerships.uploads import pdfs
from tests.partnerships.checking import check, refusal
from tests.sample_files import pdf

SCRIPT = b"/S /JavaScript /JS (app.alert\\\\(1\\\\))"
FILE = b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream"


def locked(**passwords):
    buffer = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(**passwords))
    return buffer.getvalue()


def packed(content):
    """The same with its objects in compressed streams, where no search for words finds them."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


FINE = {
    "a page to begin with": pdf(catalog=b"/OpenAction [3 0 R /XYZ null null 0]"),
    "a page to go to": pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
    "a link to another document, for who clicks": pdf(
        page=b"/Annots [<< /Subtype /Link /A << /S /GoToR /F (b.pdf) >> >>]"
    ),
    "a form to send, for who clicks": pdf(page=b"/Annots [<< /Subtype /Link /A << /S /SubmitForm /F (http://a) >> >>]"),
    "a link": pdf(page=b"/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]"),
    "metadata before anything else": pdf(b"").replace(
        b"%PDF-1.7\n", b"%PDF-1.7\n9 0 obj\n<< /Length 16 >>\nstream\n<?xml version=''?>\nendstream\nendobj\n"
    ),
    "bytes that spell a tag": pdf(
        b"%\xe2\xe3\xcf\xd3\n", more=[b"<< /Length 7 >>\nstream\n\x00<a \x01<table \nendstream"]
    ),
    "objects in streams": packed(pdf()),
}
TRICKS = {
    "nothing but a beginning and an end": (b"%PDF-1.4 nonsense %%EOF", "broken"),
    "no page": (pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0"), "broken"),
    "pages in a circle": (pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "broken"),
    "a password": (locked(user="secret", owner="secret"), "password"),
    "a password of its owner": (locked(user="", owner="secret"), "password"),
    "a script on opening": (pdf(catalog=b"/OpenAction << %s >>" % SCRIPT), "script"),
    "a script on opening, spelled otherwise": (pdf(catalog=b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"), "script"),
    "a script in a stream": (packed(pdf(catalog=b"/OpenAction 4 0 R", more=[b"<< %s >>" % SCRIPT])), "script"),
    "a named script": (pdf(catalog=b"/Names << /JavaScript << /Names [(a) << %s >>] >> >>" % SCRIPT), "script"),
    "a script when the page is shown": (pdf(page=b"/AA << /O << %s >> >>" % SCRIPT), "script"),
    "a script of a button": (pdf(page=b"/Annots [<< /Subtype /Widget /A << %s >> >>]" % SCRIPT), "script"),
    "a script behind another action": (
        pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << %s >> >>" % SCRIPT),
        "script",
    ),
    "an active form": (pdf(catalog=b"/AcroForm << /Fields [] /XFA (x) >>"), "script"),
    "an address that opens by itself": (pdf(catalog=b"/OpenAction << /S /URI /URI (https://example.org) >>"), "script"),
    "an address when the page is shown": (pdf(page=b"/AA << /O << /S /URI /URI (http://a) >> >>"), "script"),
    "printing by itself": (pdf(catalog=b"/OpenAction << /S /Named /N /Print >>"), "script"),
    "a program": (pdf(page=b"/Annots [<< /Subtype /Link /A << /S /Launch /F (cmd.exe) >> >>]"), "program"),
    "data read from a file": (pdf(page=b"/Annots [<< /Subtype /Link /A << /S /ImportData /F (x) >> >>]"), "program"),
    "content in another file": (
        pdf(more=[b"<< /Length 0 /F (\\\\\\\\evil\\\\x) >>\nstream\n\nendstream"]),
        "program",
    ),
    "a drawing of another file": (
        pdf(more=[b"<< /Subtype /Form /Ref << /F (x.pdf) /Page 0 >> /Length 0 >>\nstream\n\nendstream"]),
        "program",
    ),
    "an embedded file": (
        pdf(
            catalog=b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>",
            more=[b"<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>", FILE],
        ),
        "nested",
    ),
    "an attached file": (
        pdf(page=b"/Annots [<< /Subtype /FileAttachment /FS << /F (a) /EF << /F 4 0 R >> >> >>]", more=[FILE]),
        "nested",
    ),
    "a film": (pdf(page=b"/Annots [<< /Subtype /RichMedia >>]"), "nested"),
    "a page of markup in front": (pdf(b"<html><script>alert(1)</script>\n"), "two_in_one"),
    "a page of markup in a comment": (pdf(b"%<html><script>alert(1)</script>\n"), "two_in_one"),
}


@pytest.mark.parametrize("name", FINE)
def test_an_ordinary_pdf_is_taken(name):
    assert check("report.pdf", FINE[name]).content == FINE[name]


@pytest.mark.parametrize("name", TRICKS)
def test_no_trick_is_taken(name):
    content, code = TRICKS[name]
    assert refusal("report.pdf", content) == code


def test_each_reason_is_told_in_other_words():
    messages = [message for _code, message in pdfs._refusals().values()]
    assert len(set(messages)) == len(messages)
    with pytest.raises(ValidationError, match="does something by itself when it is opened"):
        check("report.pdf", TRICKS["printing by itself"][0])


# --- what a hostile one costs ---------------------------------------------------------------------------


def stream(packed, words):
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (words, len(packed), packed)


def with_objects_that_unpack_to(megabytes):
    """A PDF whose catalogue and pages stand in a compressed stream, behind as many spaces."""
    packer = zlib.compressobj(1)
    packed = packer.compress(b"1 0 2 0 ")
    packed += b"".join(packer.compress(b" " * 1_000_000) for _time in range(megabytes)) + packer.flush()
    content = b"%PDF-1.7\n"
    objects = len(content)
    content += b"4 0 obj\n" + stream(packed, b"/Type /ObjStm /N 2 /First 8") + b"\nendobj\n"
    table = len(content)
    rows = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (0, 0, 0), (1, objects, 0), (1, table, 0)]
    packed = zlib.compress(b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([index]) for kind, at, index in rows))
    content += b"5 0 obj\n" + stream(packed, b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R") + b"\nendobj\n"
    return content + b"startxref\n%d\n%%%%EOF\n" % table


HOSTILE = {
    "objects that unpack to more than the memory": lambda: with_objects_that_unpack_to(pdfs.MEMORY // 1_000_000),
    "a table of four thousand million objects": lambda: (
        pdf().replace(b"xref\n0 4", b"xref\n0 4000000000").replace(b"/Size 4 ", b"/Size 4000000000 ")
    ),
    "lists in lists": lambda: pdf(more=[b"[" * 5_000_000 + b"]" * 5_000_000]),
    "lists in lists without an end": lambda: pdf(more=[b"[" * 5_000_000]),
    "millions of objects": lambda: pdf(more=[b"[" + b"[<</A 1>>]" * 1_900_000 + b"]"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_costs_neither_memory_nor_time(name):
    """Whatever it is taken for: the reader ends within its limits, and the portal goes on."""
    content = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    word = pdfs._word_for(content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert word in {"fine", *pdfs._refusals()}
    assert after.ru_utime - before.ru_utime <= pdfs.PATIENCE + 1
    # A new process counts as large as the one that began it until it becomes another program.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after.ru_maxrss * 1024 <= max(pdfs.MEMORY + 4 * len(content), before.ru_maxrss * 1024, own * 1024)


def test_a_reader_that_breaks_down_refuses(monkeypatch, tmp_path):
    killed = tmp_path / "reader.py"
    killed.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setattr(pdfs, "READER", killed)
    assert refusal("report.pdf", pdf()) == "bomb"


def test_a_reader_that_takes_its_time_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "reader.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(pdfs, "READER", slow)
    monkeypatch.setattr(pdfs, "PATIENCE", 0.2)
    assert refusal("report.pdf", pdf()) == "bomb"


def test_the_reader_knows_its_limits():
    done = subprocess.run(
        [sys.executable, "-I", pdfs.READER, str(20_000_000), "5"],
        input=bytes(30_000_000),
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert b"fine" not in done.stdout


def test_a_long_number_before_the_first_object_is_passed_over_at_once():
    """Each of its digits was once tried as the beginning of an object, to the end: of a million, hours."""
    assert pdfs._begins_plainly(b"%PDF-1.4\n%" + b"1" * 1_000_000 + b"\n1 0 obj")
