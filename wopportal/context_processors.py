"""What every page shows. Public pages are the same for everybody: nothing here reads the user or the session.

Error pages are drawn with it too, so it reads the request as it came and parses nothing that may be malformed.
"""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import get_language, get_language_from_path, get_language_info

from vocabularies import licence


def site(request):
    return {
        "demo": settings.DEMO,
        "portal_version": settings.VERSION,
        "data_licence": licence.words(),
        "data_licence_url": licence.address(),
        "languages": languages(request),
        "canonical": settings.PORTAL_URL + escape_uri_path(request.path),
        "x_default": settings.PORTAL_URL + without_language(request),
    }


def without_language(request):
    """The address that leads to this page in whatever language its reader prefers."""
    if parameter_of(request):
        return escape_uri_path(request.path)
    current = get_language_from_path(request.path_info)
    rest = request.path_info[len(f"/{current}/") :] if current else ""
    return get_script_prefix() + escape_uri_path(rest)


def parameter_of(request):
    """The parameter that says the language of a page without a prefix for it; its view sets ``language_parameter``."""
    return getattr(request, "language_parameter", "")


def languages(request):
    """The four languages, each with the address of this page in it.

    ``code``, ``name`` (in its own words), ``is_current``, ``url`` (with the query string),
    ``canonical`` (absolute, without it). The addresses of a page differ only in their language prefix;
    one without prefix and parameter has no translation and leads to the home page.
    """
    if parameter := parameter_of(request):
        path = escape_uri_path(request.path)
        return [_language(code, f"{path}?{parameter}={code}") for code, _name in settings.LANGUAGES]
    current = get_language_from_path(request.path_info)
    rest = escape_uri_path(request.path_info[len(f"/{current}/") :]) if current else ""
    query = iri_to_uri(request.META.get("QUERY_STRING", "")) if current else ""
    paths = {code: f"{get_script_prefix()}{code}/{rest}" for code, _name in settings.LANGUAGES}
    return [_language(code, path, query) for code, path in paths.items()]


def _language(code, path, query=""):
    return {
        "code": code,
        "name": get_language_info(code)["name_local"].capitalize(),
        "is_current": code == get_language(),
        "url": f"{path}?{query}" if query else path,
        "canonical": settings.PORTAL_URL + path,
    }
