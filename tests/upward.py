"""Which names of a higher app a lower one says in strings: what the import contracts cannot see.

A lower app reaches upward without importing when it names the label of a higher app, a relation that a model of a
higher app brought (``user.secretariats``), a field that only models of higher apps have (``filter(participants=…)``),
or asks a foreign key for the model of a higher app (``get_field("platform").related_model``). Names of templates and
of addresses are not looked at: those stand in the glue's own tables.
"""

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings

QUERIES = {
    "filter", "exclude", "get", "Q", "F", "OuterRef", "values", "values_list", "order_by", "select_related",
    "prefetch_related", "prefetch_related_objects", "Prefetch", "only", "defer", "annotate", "alias", "aggregate",
    "Count", "Sum", "Max", "Min", "Avg", "Coalesce", "When", "Left", "update", "create", "get_or_create", "bulk_update",
    "update_or_create", "get_field", "linked", "distinct", "dates", "getattr", "hasattr", "setattr", "attrgetter",
    "get_object_or_404", "get_list_or_404", "UniqueConstraint", "Index", "Path",
}  # fmt: skip
"""Calls whose keywords, and whose words, name fields and relations."""
OF_WORDS = {"get"}
"""Those of them whose words are keys of a dict."""
OF_LABELS = {"get_model", "get_app_config", "is_installed"}
PATHS = {"search_fields", "list_filter", "list_select_related", "autocomplete_fields", "ordering", "list_display"}
"""Lists of paths in ``admin.py`` and in Meta."""
PATH = re.compile(r"^-?[a-z][a-z0-9_]*$")
DOTTED = re.compile(r"^([a-z]+)(\.\w+)+$")
ASKED_OF_ANYTHING = {"getattr", "hasattr", "setattr"}
OF_DJANGO = {"messages", "code", "file"}
"""Attributes of a ValidationError and of a file that is received."""
OF_ROWS = {"reviews": {"version", "version_id"}}
"""Every Row calls its entry so: a rule of ``reviews`` itself, which the models above follow."""


@cache
def layers():
    """[{apps of one layer}], the highest first, as ``pyproject.toml`` has them for imports."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    (named,) = [one["layers"] for one in contracts if one["id"] == "apps"]
    return [{app.strip() for app in layer.split("|")} for layer in named]


def above(app):
    """The apps of which ``app`` knows nothing: those of higher layers, and its siblings."""
    (rank,) = [rank for rank, layer in enumerate(layers()) if app in layer]
    return set().union(*layers()[: rank + 1]) - {app}


@dataclass(frozen=True)
class Name:
    """A name by which data are reached: the app that brought it, and for a relation the app that is reached from."""

    app: str
    text: str
    known_to: str = ""


@cache
def names():
    """Every Name that models of the house bring."""
    return {name for model in apps.get_models() for field in _fields(model) for name in _names_of(model, field)}


def _fields(model):
    return model._meta.get_fields(include_hidden=True)


def _names_of(model, field):
    if field.auto_created and not field.concrete:
        return _names_of_relation(model, field)
    texts = {field.name, getattr(field, "attname", None) or field.name}
    return [Name(origin, text) for origin in _origins(model, field) for text in texts]


def _names_of_relation(model, relation):
    if relation.hidden:
        return []
    texts = {relation.get_accessor_name(), relation.name}
    return [Name(_app_of(relation.related_model), text, known_to=_app_of(model)) for text in texts]


def _app_of(model):
    return model.__module__.partition(".")[0]


def _origins(model, field):
    """The apps of the abstract models from which ``model`` has the field, else its own."""
    bases = [one for one in model.__mro__ if hasattr(one, "_meta") and one._meta.abstract]
    return {_app_of(one) for one in bases if field.name in _own_fields(one)} or {_app_of(model)}


def _own_fields(model):
    meta = model._meta
    return {field.name for field in (*meta.local_fields, *meta.local_many_to_many, *meta.private_fields)}


@cache
def foreign_names(app):
    """{name: app above}: names that only apps above ``app`` bring."""
    higher = above(app)
    own = {name.text for name in names() if name.app not in higher} | OF_ROWS.get(app, set())
    found = {(name.text, name.app) for name in names() if name.app in higher and name.text not in own}
    return dict(sorted(found))


@cache
def foreign_relations(app):
    """Those of them by which an object that ``app`` knows leads to one of an app above."""
    higher = above(app)
    leading = {name.text for name in names() if name.known_to and name.known_to not in higher}
    return {text: where for text, where in foreign_names(app).items() if text in leading}


@cache
def upward_links(app):
    """{field: app above}: foreign keys that ``app`` and those below it give their models, and that lead above."""
    higher = above(app)
    links = {
        (field.name, _app_of(field.related_model))
        for model in apps.get_models()
        for field in _fields(model)
        if field.concrete and field.related_model and _origins(model, field) - higher
    }
    return {name: target for name, target in links if target in higher}


def reaching_upward(app, source):
    """[(line, word, app above)]: where ``source``, the text of a module of ``app``, names something of an app above."""
    words = _Words(app)
    words.visit(ast.parse(source))
    return sorted(set(words.found))


class _Words(ast.NodeVisitor):
    def __init__(self, app):
        self.app, self.found = app, []

    def _note(self, node, word, known):
        if word in known:
            self.found.append((node.lineno, word, known[word]))

    def _note_path(self, node, path):
        for step in path.lstrip("-").split("__"):
            self._note(node, step, foreign_names(self.app))

    def _note_word(self, node):
        is_word = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_word and PATH.match(node.value):
            self._note_path(node, node.value)

    def visit_Expr(self, node):
        """A text that stands for itself explains: it reaches nothing."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        for keyword in node.keywords if name in QUERIES else ():
            self._note_path(keyword.value, keyword.arg or "")
            if (keyword.arg or "").endswith("app_label"):
                self._note_label(keyword.value)
        for argument in node.args:
            if name in QUERIES - OF_WORDS and not (name in ASKED_OF_ANYTHING and _is_of_django(argument)):
                self._note_word(argument)
            if name in OF_LABELS:
                self._note_label(argument)
        self.generic_visit(node)

    def _note_label(self, node):
        if isinstance(node, ast.Constant):
            self._note(node, node.value, {app: app for app in above(self.app)})

    def visit_Assign(self, node):
        if any(getattr(target, "id", "") in PATHS for target in node.targets):
            for part in ast.walk(node.value):
                self._note_word(part)
        self.generic_visit(node)

    def visit_Constant(self, node):
        if not isinstance(node.value, str):
            return
        if (dotted := DOTTED.match(node.value)) and dotted[1] in above(self.app):
            self.found.append((node.lineno, node.value, dotted[1]))
        for part in re.findall(r"[a-z0-9_]+", node.value):
            if "__" in part.strip("_") or part.startswith("__"):
                self._note_path(node, part)

    def visit_Attribute(self, node):
        if node.attr not in OF_DJANGO:
            self._note(node, node.attr, foreign_relations(self.app))
        if node.attr == "related_model" and isinstance(node.value, ast.Call):
            for word in node.value.args:
                self._note(node, getattr(word, "value", None), upward_links(self.app))
        self.generic_visit(node)


def _is_of_django(node):
    return isinstance(node, ast.Constant) and node.value in OF_DJANGO
