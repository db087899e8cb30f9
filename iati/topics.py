"""What an activity is about. Topics are tags: a sector would need shares that nobody states."""

from django.conf import settings
from django.urls import reverse

from iati.elements import add, add_narratives, labels

WATER_TRAINING = "14081"
"""OECD DAC: education and training in water supply and sanitation. That is what every WOP does, by its definition."""
DAC = "1"
SDG_GOALS, SDG_TARGETS, OWN_LIST = "2", "3", "99"


def list_address(name):
    """Where one of the portal's own lists is published: terms, programmes, platforms."""
    return f"{settings.PORTAL_URL}{reverse(f'api:{name}')}"


def add_topics(activity, version):
    add(activity, "sector", {"vocabulary": DAC, "code": WATER_TRAINING})
    for row in version.sdg_targets.all():
        is_target = "." in row.target.code
        _add_tag(activity, row.target.code, SDG_TARGETS if is_target else SDG_GOALS, labels(row.target))
    for area in dict.fromkeys(track.area for track in version.tracks.all() if track.area):
        _add_tag(activity, area.code, OWN_LIST, labels(area), list_address("terms"))
    for row in version.named_programmes.all():
        _add_tag(activity, row.programme.key, OWN_LIST, [(None, row.programme.name)], list_address("programmes"))
    for row in version.named_platforms.all():
        _add_tag(activity, row.platform.key, OWN_LIST, [(None, row.platform.name)], list_address("platforms"))


def _add_tag(activity, code, vocabulary, names, address=None):
    tag = add(activity, "tag", {"vocabulary": vocabulary, "vocabulary-uri": address, "code": code})
    add_narratives(tag, names)
