"""An attachment as ``components/attachment.html`` shows it."""

from pathlib import PurePath

from django.template.defaultfilters import filesizeformat

from vocabularies.formatting import language_name


def card_of(row):
    """The words of one row of attachments; its ``stored_file`` is better fetched with it."""
    stored = row.stored_file
    return {
        "description": row.description,
        "name": stored.name if stored else "",
        "type": type_of(stored) if stored else row.stated_type,
        "size": filesizeformat(stored.size) if stored else row.stated_size,
        "language": language_name(row.language),
        "url": stored.get_absolute_url() if stored else row.url,
        "elsewhere": row.url if stored else "",
        "is_held": bool(stored),
    }


def type_of(stored):
    return PurePath(stored.name).suffix.lstrip(".").upper() or stored.media_type
