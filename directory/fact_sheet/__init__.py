"""The fact sheet of a partnership: two pages to hand to somebody, as HTML and as PDF.

``content`` says what stands on it, in the words of the profile; ``document`` sets it as PDF with ``sheet.typ``.
"""
