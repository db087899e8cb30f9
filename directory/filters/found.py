"""The entries that a question finds: counted by the index, read from the database when somebody looks at them."""

READ_AT_ONCE = 500


class Found:
    """As much of a queryset as lists need: counted, sliced and gone through, in the order of the question.

    ``rows``: what is read of the entries, a queryset over what is published, and ``identity`` its column with what the
    keys of ``hits`` are of; ``hits``: the Hits, None for nothing. What was archived since it was counted is left out.
    """

    def __init__(self, rows, hits, identity):
        self.rows, self.hits, self.identity = rows, hits, identity

    def read_as(self, prepared):
        """The same entries, each as ``prepared(queryset)`` reads it."""
        return Found(prepared(self.rows), self.hits, self.identity)

    def count(self):
        return self.hits.total if self.hits else 0

    __len__ = count

    def __bool__(self):
        return True

    def exists(self):
        return self.count() > 0

    def pks(self, start=0, stop=None):
        """The primary keys of what the documents are of, in order."""
        return self.hits.pks(start, stop) if self.hits else []

    def __getitem__(self, place):
        if isinstance(place, slice):
            return self._read(self.pks(place.start or 0, place.stop))
        return self._read(self.pks(place, place + 1))[0]

    def __iter__(self):
        keys = self.pks()
        for start in range(0, len(keys), READ_AT_ONCE):
            yield from self._read(keys[start : start + READ_AT_ONCE])

    def as_queryset(self):
        """The same entries without order, for what SQL has to count of them."""
        return self._rows_of(self.pks())

    def _rows_of(self, keys):
        return self.rows.filter(**{f"{self.identity}__in": keys}).order_by()

    def _read(self, keys):
        column = self.rows.model._meta.get_field(self.identity).attname
        read = {getattr(row, column): row for row in self._rows_of(keys)} if keys else {}
        return [read[key] for key in keys if key in read]
