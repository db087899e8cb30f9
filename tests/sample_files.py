"""Small real files of every kind that may be uploaded, and the parts to build tricks from."""

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
ODF_TYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def upload(name, content):
    """As a browser sends it; the type that it states counts for nothing."""
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")


def pdf(body=b"", catalog=b"", page=b"", more=()):
    """A page without anything on it; ``catalog``, ``page``: further entries; ``more``: objects from number 4 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] %s >>" % page,
        *more,
    ]
    out = b"%PDF-1.7\n" + body
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    """A zip archive of {name: bytes}."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return buffer.getvalue()


def ooxml(suffix, **more):
    """A skeleton of a DOCX, XLSX or PPTX; ``more`` are further parts, / written as __."""
    main, kind = MAIN_PARTS[suffix]
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{OOXML}.{kind}.main+xml"/></Types>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>", main: "<document/>"}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def odf(suffix, parts=None):
    """A skeleton of an ODT, ODS or ODP."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "mimetype", f"application/vnd.oasis.opendocument.{ODF_TYPES[suffix]}", compress_type=zipfile.ZIP_STORED
        )
        whole = {"content.xml": "<office/>", "META-INF/manifest.xml": "<manifest/>"} | (parts or {})
        for name, content in whole.items():
            out.writestr(name, content)
    return buffer.getvalue()


def picture(form, size=(40, 30), **options):
    """A picture whose left half is red, so that it can be told which side is up."""
    image = Image.new("RGB", size, "white")
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def of_kind(suffix):
    """A good file of the kind that ``suffix`` stands for."""
    makers = {
        "pdf": pdf,
        "csv": lambda: b"operator;losses\nWASCO;47,5 %\n",
        "txt": lambda: "Pertes d’eau : 47 %".encode(),
        "jpg": lambda: picture("JPEG"),
        "jpeg": lambda: picture("JPEG"),
        "png": lambda: picture("PNG"),
        "webp": lambda: picture("WEBP"),
    }
    if suffix in MAIN_PARTS:
        return ooxml(suffix)
    return odf(suffix) if suffix in ODF_TYPES else makers[suffix]()
