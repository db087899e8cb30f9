"""Settings from the environment and its file: a wrong value is answered in one line that says what would be right."""

import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.copies import ROOT, SETTINGS, without_settings
from wopportal import checks

REAL = {
    "SECRET_KEY": "k%d" * 30 + "9Zq!",
    "ALLOWED_HOSTS": "portal.example",
    "PORTAL_URL": "https://portal.example",
    "DATABASE_URL": "postgres://portal:p%40ss@db.example:5432/portal",
    "MAIL_FROM": "WOP Portal <portal@portal.example>",
}
ANY_WORDS = {"SECRET_KEY", "DATA_LICENCE", "IATI_ORG_NAME", "EMAIL_USER", "EMAIL_PASSWORD", "UPLOAD_SCANNER"}
"""What is a name or a secret may be anything."""
FLAGS = ("DEBUG", "WOP_DEMO", "HTTPS", "BEHIND_PROXY", "SECOND_FACTOR_REQUIRED")
WRONG = {
    **{name: ["ja", "2", "tru"] for name in FLAGS},
    "ALLOWED_HOSTS": ["https://portal.example", "portal.example:443", "portal example", "a b,c"],
    "DATABASE_URL": ["sqlite:////proc/portal/x.sqlite3", "portal", "oracle://h/x",
                     "postgres://u:p@h:port/x", "postgres://u:p@h:5432", "mysql://h/x"],
    "REDIS_URL": ["localhost:6379", "http://localhost", "redis://h:port/0"],
    "S3_BUCKET": ["my bucket", "s3://bucket"],
    "S3_ENDPOINT_URL": ["minio:9000", "ftp://minio", "https://"],
    "S3_REGION": ["eu central"],
    "UPLOAD_MAX_MEGABYTES": ["20 MB", "0", "-5", "2.5", "1e3", "²", "100000000000"],
    "IATI_ORG_REF": ["NL/1", "NL 1", "NL&1"],
    "IATI_ORG_TYPE": ["other", "9", "900"],
    "PORTAL_URL": ["portal.example", "https:/portal.example", "https://portal.example/en/", "ftp://portal.example",
                   "https://portal.example:port"],
    "EMAIL_HOST": ["smtp://mail.example", "me@mail.example", "mail example"],
    "EMAIL_PORT": ["smtp", "0", "65536", "25x"],
    "EMAIL_TLS": ["tls", "yes"],
    "MAIL_FROM": ["WOP Portal", "portal@", "WOP Portal <portal@x", "a@b.example>"],
    "MAIL_REPLY_TO": ["secretariat", "secretariat@", "a@b.example>"],
    "SECURITY_CONTACT": ["the office", "http://portal.example/security", "security@", "mailto:"],
    "WEBHOOK_ALLOWED_NETWORKS": ["10.20.0.0/40", "intranet"],
    "LOG_LEVEL": ["LOUD", "warning"],
    "WOP_VAR_DIR": ["/proc/portal"],
    "WOP_ENV_FILE": ["/etc/there-is-none.env", "/"],
}  # fmt: skip


def portal(*words, **environment):
    """manage.py in a process of its own."""
    command = [sys.executable, "manage.py", *words]
    environment = without_settings() | environment
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def not_of_words(path):
    path.write_bytes(b"\xff\xfe")


@pytest.fixture
def read(monkeypatch):
    """The settings as they are read with these variables and no others."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def read(**environment):
        with monkeypatch.context() as patch:
            for name, value in environment.items():
                patch.setenv(name, value)
            return runpy.run_path(str(ROOT / "wopportal/settings.py"))

    return read


RIGHT = {
    "ALLOWED_HOSTS": ["portal.example,www.portal.example", ".portal.example", "10.0.0.7,[fd12::1]"],
    "DATABASE_URL": ["postgresql://u@h/x", "postgres:///x", "postgres://u@%2Frun%2Fpostgresql/x", "sqlite:////tmp/x"],
    "REDIS_URL": ["redis://h:6379/0", "rediss://u:p@h/1?ssl_cert_reqs=none", "unix:///run/redis.sock?db=1"],
    "S3_ENDPOINT_URL": ["http://minio:9000", "https://s3.example/storage"],
    "PORTAL_URL": ["https://portal.example", "https://portal.example/", "http://127.0.0.1:8123"],
    "MAIL_FROM": ["portal@portal.example", "WOP Portal <portal@portal.example>", "Agua é vida <portal@portal.example>"],
    "MAIL_REPLY_TO": ["", "secretariat@platform.example", "WOP-LAC <secretariat@platform.example>"],
    "EMAIL_TLS": ["", "ssl", "starttls"],
    "HTTPS": ["ON", "no", " 1 ", ""],
    "UPLOAD_MAX_MEGABYTES": ["1", " 25 "],
    "IATI_ORG_REF": ["NL-KVK-12345678", "XM-DAC-41114"],
    "WEBHOOK_ALLOWED_NETWORKS": ["10.20.0.0/16,fd12:3456::/48", "192.0.2.7"],
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_value_is_taken(name, read):
    for value in RIGHT[name]:
        read(**{name: value})


def test_every_setting_is_walked():
    assert set(WRONG) | ANY_WORDS == SETTINGS


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_is_answered_in_one_line(name, read):
    for value in WRONG[name]:
        with pytest.raises(ImproperlyConfigured) as refused:
            read(**{name: value})
        lines = str(refused.value).splitlines()
        assert len(lines) == 1, lines
        assert lines[0].startswith(name), value
        assert ". " in lines[0]


def test_all_that_is_wrong_is_said_at_once_and_without_a_traceback():
    result = portal("check", EMAIL_PORT="smtp", HTTPS="maybe", PORTAL_URL="portal")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "PORTAL_URL=portal is no address. Write https:// and the host, as in https://portal.example.",
        "EMAIL_PORT=smtp is no number that it can be. Write a whole number from 1 to 65535.",
        "HTTPS=maybe is neither on nor off. Write one of 1, true, yes, on or 0, false, no, off.",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "postgres://u:s3cret@h:port/x"), ("REDIS_URL", "redis://u:s3cret@h:port")],
)
def test_a_password_is_not_shown(name, value, read):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(**{name: value})
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(("make", "reason"), [(Path.mkdir, "Is a directory"), (not_of_words, "it holds no secret")])
def test_a_kept_secret_that_is_none_is_told_in_one_line(tmp_path, read, make, reason):
    make(tmp_path / "secret-key")
    with pytest.raises(ImproperlyConfigured) as refused:
        read(WOP_VAR_DIR=str(tmp_path))
    [line] = str(refused.value).splitlines()
    assert line.startswith(f"{tmp_path}/secret-key, the secret of the portal, cannot be used: {reason}. ")
    assert "set SECRET_KEY" in line


# --- the file -------------------------------------------------------------------------------------------

FILE = """\
# The portal of the utilities
; another remark

SECRET_KEY='{secret}'
MAIL_FROM=WOP Portal <portal@portal.example>
ALLOWED_HOSTS=portal.example
DATABASE_URL=postgres://portal:p%40ss$word&more@db.example:5432/portal
PORTAL_URL="https://portal.example"
UPLOAD_SCANNER=clamdscan --fdpass --no-summary
DATA_LICENCE=CC BY 4.0 # with a hash
IATI_ORG_NAME=
AWS_ACCESS_KEY_ID=abc
"""
BEGIN = "import os, django; django.setup(); from django.conf import settings as s; d = s.DATABASES['default'];"
TELL = (
    "print(s.DEFAULT_FROM_EMAIL, s.ALLOWED_HOSTS, d['ENGINE'], d['PASSWORD'], s.PORTAL_URL, s.UPLOAD_SCANNER,"
    "s.DATA_LICENCE, s.IATI_ORG_NAME, os.environ['AWS_ACCESS_KEY_ID'], len(s.SECRET_KEY), sep='\\n')"
)


def told_by(file, words=TELL):
    """What Python prints at ``words`` under the settings of ``file``, which are ``s``."""
    environment = without_settings() | {"WOP_ENV_FILE": str(file), "DJANGO_SETTINGS_MODULE": "wopportal.settings"}
    command = [sys.executable, "-c", BEGIN + words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_file_is_read_as_it_is_written(tmp_path):
    file = tmp_path / "portal.env"
    file.write_text(FILE.format(secret=REAL["SECRET_KEY"]))
    assert told_by(file).splitlines() == [
        "WOP Portal <portal@portal.example>",
        "['portal.example']",
        "django.db.backends.postgresql",
        "p@ss$word&more",
        "https://portal.example",
        "clamdscan --fdpass --no-summary",
        "CC BY 4.0 # with a hash",
        "WOP Portal",
        "abc",
        str(len(REAL["SECRET_KEY"])),
    ]


def test_the_environment_comes_before_the_file(tmp_path, read):
    file = tmp_path / "portal.env"
    file.write_text("EMAIL_PORT=smtp\n")
    assert read(WOP_ENV_FILE=str(file), EMAIL_PORT="587")["EMAIL_PORT"] == 587


@pytest.mark.parametrize(
    "line",
    [
        "export HTTPS=1",
        "HTTPS",
        'MAIL_FROM="WOP Portal <portal@portal.example>',
        "SECRET_KEY=a\\b",
        'MAIL_FROM="WOP" Portal',
        "HTTPS: on",
        "MAIL FROM=x",
        "ALLOWED_HOSTS = portal.example",
        "MAIL_FROM=a\0b",
    ],
)
def test_a_line_that_systemd_reads_otherwise_is_refused(line, tmp_path, read):
    file = tmp_path / "portal.env"
    file.write_text(f"# one\n{line}\n")
    with pytest.raises(ImproperlyConfigured, match=f"^{file}, line 2: .*Write NAME=value"):
        read(WOP_ENV_FILE=str(file))


def test_a_file_that_begins_with_a_mark_that_nobody_sees_is_refused(tmp_path, read):
    file = tmp_path / "portal.env"
    file.write_text("HTTPS=on\n", encoding="utf-8-sig")
    with pytest.raises(ImproperlyConfigured, match="begins with a byte order mark"):
        read(WOP_ENV_FILE=str(file))


# --- for real -------------------------------------------------------------------------------------------


@pytest.fixture
def deployed(read, monkeypatch):
    """What the check says of a real portal with these variables."""

    def deployed(**environment):
        monkeypatch.setattr(checks, "settings", SimpleNamespace(**read(**REAL | environment)))
        return [message.msg for message in checks.check_deployment(None)]

    return deployed


def test_a_real_portal_is_well(deployed):
    assert deployed() == []


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"PORTAL_URL": ""}, "PORTAL_URL"),
        ({"PORTAL_URL": "http://[::1]:8000"}, "PORTAL_URL"),
        ({"PORTAL_URL": "https://other.example"}, "PORTAL_URL"),
        ({"PORTAL_URL": "http://portal.example"}, "PORTAL_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "DATABASE_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"EMAIL_USER": "portal"}, "EMAIL_PASSWORD"),
        ({"EMAIL_PASSWORD": "secret"}, "EMAIL_USER"),
        ({"UPLOAD_SCANNER": "there-is-no-scanner --fdpass"}, "UPLOAD_SCANNER"),
        ({"UPLOAD_SCANNER": "scan 'it"}, "UPLOAD_SCANNER"),
        ({"WOP_DEMO": "1", "ALLOWED_HOSTS": ""}, "WOP_DEMO"),
    ],
)
def test_what_a_real_portal_needs_is_asked_for(environment, named, deployed):
    messages = deployed(**environment)
    assert any(named in message for message in messages)


def test_the_check_is_one_of_djangos():
    result = portal("check", "--deploy", "--tag", "security")
    assert result.returncode == 1
    assert "(wop.E006) DATABASE_URL names no database server." in result.stderr


def test_a_misspelt_name_is_told(tmp_path, deployed, monkeypatch):
    monkeypatch.setenv("MAIL_FORM", "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "")
    file = tmp_path / "portal.env"
    file.write_text("MAIL_FORM=x@portal.example\nAWS_ACCESS_KEY_ID=x\n")
    assert deployed(WOP_ENV_FILE=str(file)) == ["MAIL_FORM is no setting of the portal. Is MAIL_FROM meant?"]


def test_services_that_do_not_answer_are_named_one_by_one(tmp_path):
    """Nothing listens at port 1 and the tables are missing; a folder and no cache server are well."""
    result = portal("check_services", WOP_VAR_DIR=str(tmp_path), EMAIL_HOST="127.0.0.1", EMAIL_PORT="1",
                    UPLOAD_SCANNER="/bin/false")  # fmt: skip
    assert result.returncode == 1
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["database", "mail", "virus scanner"]
    assert "run manage.py migrate" in result.stderr
    assert "Look at EMAIL_HOST" in result.stderr
    assert result.stdout.splitlines() == ["cache: well (each process for itself)", "files: well"]
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def test_a_database_that_does_not_answer_is_said_in_a_line():
    result = portal("migrate", "--skip-checks", DATABASE_URL="postgres://portal@127.0.0.1:1/portal")
    assert result.returncode == 1
    assert result.stderr.startswith("The database cannot be used: it does not answer.")
    assert len(result.stderr.splitlines()) == 1
