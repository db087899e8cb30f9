"""An entry in JSON, as it is being written: fields by name, rows with their keys, everything by stable codes."""

from collections import defaultdict

from api.drafts.shape import shape_of
from api.stable_codes import codes_of
from reviews.rows import load_rows


def to_representation(version):
    """What ``version`` says: {field: value, relation: [row], list: [choice], "unanswered": {question: reason}}.

    The rows cost one query, the codes one for each kind of thing that is named.
    """
    shape = shape_of(type(version))
    load_rows([version])
    codes = codes_of(_named(version, shape))
    content = {name: field.to_json(version, codes) for name, field in shape.fields.items()}
    for name, relation in shape.relations.items():
        content[name] = [_row(row, relation.fields, codes) for row in getattr(version, name).all()]
    if shape.lists:
        content |= _chosen(version, shape.lists)
    return content | {"unanswered": {row.question: row.reason for row in version.unanswered.all()}}


def _named(version, shape):
    """{model: primary keys} of what is named outside of the version."""
    named = defaultdict(set)
    for name, relation in shape.relations.items():
        for kind in relation.fields.values():
            if kind.target:
                keys = (getattr(row, kind.field.attname) for row in getattr(version, name).all())
                named[kind.target] |= {key for key in keys if key is not None}
    return named


def _row(row, fields, codes):
    return {"key": str(row.key)} | {name: field.to_json(row, codes) for name, field in fields.items()}


def _chosen(version, lists):
    """{list: [choice]} of all lists, whether something is chosen from them or not."""
    chosen = {name: [] for name in lists}
    for row in version.choices.select_related("term").order_by("position", "pk"):
        chosen[row.term.list].append({"key": str(row.key), "code": row.term.code, "explanation": row.explanation})
    return chosen
