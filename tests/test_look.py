"""The colours: every text is readable on every ground, in the light and in the dark scheme."""

import re
from itertools import product

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text()
TWO_SCHEMES = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", TOKENS))
ONE_SCHEME = dict(re.findall(r"--([\w-]+): (#\w+);", TOKENS))

GROUNDS = ["paper", "surface", "sand", "shallow"]
TEXTS = ["ink", "stone", "deep", "water", "reed", "clay"]
INVERTED = [("paper", "deep"), ("paper", "water")]
SCHEMES = ["light", "dark"]


def colour(token, scheme):
    return TWO_SCHEMES[token].split(", ")[SCHEMES.index(scheme)]


def luminance(colour):
    """WCAG 2.2, relative luminance of ``#rrggbb``."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """WCAG 2.2, contrast ratio, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), [*product(TEXTS, GROUNDS), *INVERTED])
def test_text_is_readable_on_its_ground(text, ground, scheme):
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("sign", "ground"), [("edge", "paper"), ("edge", "surface"), ("water", "land"), ("clay", "land")]
)
def test_borders_of_fields_and_signs_on_the_map_are_seen(sign, ground, scheme):
    assert contrast(colour(sign, scheme), colour(ground, scheme)) >= 3


def test_browsers_without_light_dark_get_the_light_scheme():
    assert {token: colour(token, "light") for token in TWO_SCHEMES} == ONE_SCHEME


@pytest.mark.parametrize(("one", "other", "expected"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54)])
def test_contrast_agrees_with_published_figures(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
