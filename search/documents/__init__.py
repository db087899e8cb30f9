"""What the documents say, a module for each kind with ``KIND``, ``everything()``, ``named_by(marks)`` and ``made``.

``everything()`` and ``named_by(marks)`` give the primary keys of entries whose documents are to be made, public or not;
``made(keys)`` is {primary key: data} of those that are public now.
"""

from search.documents import organisations, partnerships, platforms, reports

KINDS = (partnerships, organisations, platforms, reports)
