"""Settings from outside: the environment, and the file that WOP_ENV_FILE names.

The file has the syntax of systemd's ``EnvironmentFile=``, of which the part is taken that leaves no doubt: one
``NAME=value`` per line, the value as it stands or in a pair of quotes, ``#`` at the beginning of a line for remarks.
What systemd would read otherwise than a person is refused. No shell reads it: ``<``, ``&``, ``$`` and spaces stand for
themselves.

A value that cannot be is noted in one line, which names the variable, what is wrong and what would be right; ``finish``
raises all of them together, so that nobody mends one after the other.
"""

import logging
import os
import re
import secrets
from difflib import get_close_matches
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
LINE = re.compile(r"""([A-Za-z_][A-Za-z0-9_]*)=\s*(?:"([^"\\]*)"|'([^'\\]*)'|([^"'\\].*?|))\s*""")
HOST = re.compile(r"\*?\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:]+\]")
MARK = "\ufeff"
"""What some editors put in front of a file; nobody sees it."""
wrong = []
names = {"WOP_ENV_FILE"}
"""All settings that were asked for."""
in_file = set()


def load_file():
    """Take over what the file of WOP_ENV_FILE says and the environment does not say already."""
    name = os.environ.get("WOP_ENV_FILE", "")
    if not name:
        return
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not written in UTF-8"
        raise ImproperlyConfigured(
            f"WOP_ENV_FILE={name} cannot be read: {reason}. Name a file with a NAME=value per line."
        ) from error
    if lines and lines[0].startswith(MARK):
        raise ImproperlyConfigured(f"WOP_ENV_FILE={name} begins with a byte order mark. Save it as UTF-8 without one.")
    for number, line in enumerate(lines, start=1):
        if line.strip() and line.lstrip()[0] not in "#;":
            _take(f"{name}, line {number}", line.strip())


def _take(place, line):
    found = LINE.fullmatch(line)
    if not found or set(line) & {"\\", "\0"}:
        variable = line.split("=")[0].strip()[:40]
        wrong.append(
            f'{place}: {variable} is no NAME=value. Write NAME=value or NAME="value", without \\ and "export".'
        )
        return
    variable, *values = found.groups()
    in_file.add(variable)
    os.environ.setdefault(variable, next((value for value in values if value is not None), ""))


def finish():
    """Raise what was found wrong."""
    if wrong:
        lines, wrong[:] = "\n".join(wrong), []
        raise ImproperlyConfigured(lines)


def refuse(name, what, right, *, secret=False):
    """Note that ``name`` is ``what``; ``right`` says what to write instead."""
    value = "" if secret else f"={os.environ.get(name, '')}"
    wrong.append(f"{name}{value} {what}. {right}")


def _value(name, default=""):
    names.add(name)
    return os.environ.get(name, "").strip() or default


def misspelt():
    """(name, setting that was probably meant) for what the file names and nobody asks for."""
    pairs = ((name, get_close_matches(name, names, 1, 0.8)) for name in sorted(in_file - names))
    return [(name, meant[0]) for name, meant in pairs if meant]


# --- kinds of values ------------------------------------------------------------------------------------


def text(name, default="", *, without=""):
    """Any words, without the characters ``without``."""
    value = _value(name, default)
    if set(value) & set(without):
        refuse(name, "holds a character that it may not", f"Leave out spaces and {' '.join(without.split())}.")
    return value


def flag(name, *, default=False):
    value = _value(name).lower()
    if value and value not in ON + OFF:
        refuse(name, "is neither on nor off", f"Write one of {', '.join(ON)} or {', '.join(OFF)}.")
    return value in ON if value else default


def words(name, default=""):
    """A list of words between commas."""
    return [word.strip() for word in _value(name, default).split(",") if word.strip()]


def number(name, default, *, least, most):
    value = _value(name, str(default))
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        refuse(name, "is no number that it can be", f"Write a whole number from {least} to {most}.")
        return default
    return int(value)


def choice(name, default, choices):
    value = _value(name, default)
    if value not in choices:
        named = ", ".join(each for each in choices if each)
        refuse(name, "is none of its values", f"Write {named}{' or nothing' if '' in choices else ''}.")
        return default
    return value


def hosts(name, default):
    """Host names without scheme and port."""
    found = words(name, default)
    for host in found:
        if not HOST.fullmatch(host) and host != "*":
            refuse(name, f"names {host}, which is no host", "Write host names as in portal.example,www.portal.example.")
    return found


def address(name, default, *, schemes=("http", "https"), path=False):
    """The beginning of an address, without a slash at the end."""
    value = _value(name, default)
    if value and not _is_address(value, schemes, path):
        right = f"Write {schemes[-1]}:// and the host, as in {schemes[-1]}://portal.example."
        refuse(name, "is no address", right, secret="@" in value)
        return default
    return value.rstrip("/")


def _is_address(value, schemes, path):
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 (raises when it is none)
    except ValueError:
        return False
    more = not path and (parts.query or parts.fragment or parts.path not in {"", "/"})
    is_somewhere = bool(parts.hostname) or (parts.scheme == "unix" and len(parts.path) > 1)
    return parts.scheme in schemes and is_somewhere and not more and not re.search(r"\s", value)


def contact(name):
    """Where to write to, as an address that programs understand: “mailto:” or “https://”; "" for nowhere."""
    value = _value(name)
    if value.startswith("https://") and _is_address(value, ("https",), True):
        return value
    try:
        validate_email(value.removeprefix("mailto:"))
    except ValidationError:
        if value:
            refuse(name, "is no contact", "Write security@portal.example, or the https:// address of a page.")
        return ""
    return f"mailto:{value.removeprefix('mailto:')}"


def sender(name, default):
    """An e-mail address, with or without a name before it; empty where the default is."""
    value = _value(name, default)
    if not value and not default:
        return ""
    plain = parseaddr(value)[1]
    try:
        if "\n" in value:
            raise ValidationError("")
        if plain.rpartition("@")[2] != "localhost":
            validate_email(plain)
        if plain not in value or value.count("<") != value.count(">"):
            raise ValidationError("")
    except ValidationError:
        refuse(name, "is no sender", "Write WOP Portal <portal@portal.example>.")
        return default
    return value


def networks(name, default=""):
    found = []
    for network in words(name, default):
        try:
            found.append(ip_network(network))
        except ValueError:
            refuse(name, f"names {network}, which is no network", "Write networks as in 10.20.0.0/16,fd12:3456::/48.")
    return found


def folder(name, default):
    """A folder that can be written to, made where it is missing. Nothing works without it, so this ends at once."""
    path = Path(_value(name, default))
    make_folder(name, path)
    return path


def make_folder(name, path):
    reason = ""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
    if reason or not os.access(path, os.W_OK | os.X_OK):
        refuse(
            name, f"({path}) cannot be written to: {reason or 'read only'}", f"Name a folder that belongs to {_user()}."
        )
        finish()


def kept_secret(path):
    """A secret made at the first start and kept in ``path``: enough for one machine."""
    try:
        if not path.exists() or not path.stat().st_size:  # a full disk leaves an empty one
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii")
    except (PermissionError, IsADirectoryError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it holds no secret"
        right = f"Give it to {_user()}, take it away, or set SECRET_KEY."
        raise ImproperlyConfigured(f"{path}, the secret of the portal, cannot be used: {reason}. {right}") from error


def _user():
    return f"the user of the portal ({os.geteuid()})"


def database(name, default):
    """What Django wants to know of the database; the value holds a password and is never shown."""
    value = _value(name, default)
    try:
        found = dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True)
        if found["NAME"] and found["ENGINE"].rpartition(".")[2] in {"postgresql", "sqlite3"}:
            return found
    except (ValueError, KeyError):
        pass
    right = "Write postgres://user:password@host:5432/name (% and @ in the password as %25 and %40) or sqlite:////path."
    refuse(name, "is no address of a database", right, secret=True)
    return dj_database_url.parse(default)


def level(name, default):
    return choice(name, default, list(logging.getLevelNamesMapping()))
