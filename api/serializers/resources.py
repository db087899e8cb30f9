"""What an address gives: which of its properties are shown is asked with ``fields`` and ``expand``."""

from rest_framework import serializers


class Resource(serializers.Serializer):
    """Its property ``identity`` is always there; all others only as far as they are asked for.

    ``brief``: what lists show, and other things that name it; an address of its own shows everything.
    ``detail_only``: what would cost a list too much.
    ``expandable``: the words in ``expand`` that show more of what is nested in it.
    ``nested_as``: the word in ``expand`` that shows all of it where another thing names it.
    """

    identity = ""
    brief = ()
    detail_only = ()
    expandable = ()
    nested_as = ""

    def __init__(self, *args, shown=None, **options):
        """``shown``: the properties to show of the outermost one; None for all."""
        super().__init__(*args, **options)
        self.shown = shown

    def get_fields(self):
        fields = super().get_fields()
        shown = self._asked_for()
        return fields if shown is None else {name: field for name, field in fields.items() if name in shown}

    def _asked_for(self):
        holder = self.parent.parent if isinstance(self.parent, serializers.ListSerializer) else self.parent
        if holder is None:
            return self.shown
        expand = self.context.get("expand")
        return None if expand is None or self.nested_as in expand else self.brief

    @classmethod
    def properties(cls):
        """The names of all, in their order."""
        return list(cls._declared_fields)


class Expandable(serializers.Serializer):
    """A thing that is named; its properties ``more`` are only there when ``expand`` has the word ``nested_as``."""

    more = ()
    nested_as = ""

    def get_fields(self):
        fields = super().get_fields()
        expand = self.context.get("expand")
        if expand is None or self.nested_as in expand:
            return fields
        return {name: field for name, field in fields.items() if name not in self.more}
