"""The register as IATI activities, standard 2.03. What became what, and why: docs/iati.md.

What nobody stated is never written down as data: it is left out, or said in a narrative.
"""
