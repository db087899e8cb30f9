from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """A new text starts untranslated: a guess from a similar one may carry the wrong placeholders."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
