"""Addresses as they stand outside of the portal: in feeds, sitemaps, citations and what search engines read."""

from django.conf import settings


def absolute(path):
    """``path`` of this portal under its public address, whatever host the request named."""
    return settings.PORTAL_URL + path
