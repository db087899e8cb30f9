"""Documents that LibreOffice writes: words of a register in ever new order, in every kind that is taken."""

import random
import shutil
import subprocess

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{short}="{OFFICE}:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "presentation": "presentation",
    }.items()
)
WORDS = """
    water utility losses pressure zone mentor mentee visit training meter network pérdidas capacitación água réseau
    abonnés recouvrement <table 3> Nairobi Lima Dakar Maputo Kisumu 47,5 % € 250 000 “quoted” – dash
"""
KINDS = {"text": ("pdf", "docx", "odt"), "spreadsheet": ("pdf", "xlsx", "ods"), "presentation": ("pdf", "pptx", "odp")}
FLAT = {"text": "fodt", "spreadsheet": "fods", "presentation": "fodp"}


def written_documents(folder, count):
    """``count`` documents or a few more in ``folder``, of all kinds in turn; returns their paths."""
    each = -(-count // sum(map(len, KINDS.values())))
    for kind, endings in KINDS.items():
        sources = [folder / f"{kind}-{number}.{FLAT[kind]}" for number in range(each)]
        for number, source in enumerate(sources):
            source.write_text(_source(kind, random.Random(f"{kind} {number}")), encoding="utf-8")
        for ending in endings:
            _convert(sources, ending, folder / kind)
    return sorted(path for kind in KINDS for path in (folder / kind).iterdir())


def is_there():
    return shutil.which("soffice") is not None


def _convert(sources, ending, target):
    """One call for all: starting takes longer than writing."""
    profile = f"-env:UserInstallation=file://{target.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", target, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def _source(kind, chance):
    body = {"text": _text, "spreadsheet": _table, "presentation": _slides}[kind](chance)
    return (
        f'<?xml version="1.0"?><office:document {NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


def _words(chance, most=60):
    words = " ".join(chance.choices(WORDS.split(), k=chance.randint(3, most)))
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _text(chance):
    link = '<text:a xlink:type="simple" xlink:href="https://example.org/wop?a=1">the report</text:a>'
    return "".join(f"<text:p>{_words(chance)} {link}</text:p>" for _line in range(chance.randint(1, 12)))


def _table(chance):
    def cell():
        return f'<table:table-cell office:value-type="string"><text:p>{_words(chance, 5)}</text:p></table:table-cell>'

    rows = (f"<table:table-row>{cell()}{cell()}{cell()}</table:table-row>" for _row in range(chance.randint(1, 40)))
    return f'<table:table table:name="Losses">{"".join(rows)}</table:table>'


def _slides(chance):
    frame = '<draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="8cm"><draw:text-box>'
    return "".join(
        f'<draw:page draw:name="Slide {number}">{frame}<text:p>{_words(chance)}</text:p></draw:text-box></draw:frame>'
        "</draw:page>"
        for number in range(chance.randint(1, 5))
    )
