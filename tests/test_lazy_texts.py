"""No text is put together while a module is imported, in the language of nobody."""

import ast

from tests.test_house import CODE, name_of

LAZY = {"gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy"}


def made_while_importing(source):
    """Line numbers outside of functions where a lazy text is put together, in the first visitor's language."""
    tree = ast.parse(source)
    names = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name in LAZY
    }
    kept = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and _is_lazy(node.value, names, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return [node.lineno for node in _outside(tree) if _puts_together(node, names, kept)]


def _outside(node):
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _outside(child)


def _is_lazy(node, names, kept):
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    return is_call or (isinstance(node, ast.Name) and node.id in kept)


def _puts_together(node, names, kept):
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return _is_lazy(node.left, names, kept) or _is_lazy(node.right, names, kept)
    if isinstance(node, ast.FormattedValue):
        return _is_lazy(node.value, names, kept)
    is_str = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str"
    return is_str and any(_is_lazy(one, names, kept) for one in node.args)


def test_no_text_is_put_together_while_importing():
    found = {name_of(path): made_while_importing(path.read_text(encoding="utf-8")) for path in CODE}
    assert {name: lines for name, lines in found.items() if lines and not name.startswith("tests/")} == {}


def test_what_is_put_together_while_importing_is_found():
    head = "from django.utils.translation import gettext_lazy as _\nA = _('%s')\n"
    for line in ("B = A % 1", "B = {1: _('x') % 2}", "B = f'{A}'", "B = str(A)", "class C:\n    b = A + 'x'"):
        assert made_while_importing(head + line)
    assert not made_while_importing(head + "def b():\n    return A % 1\nC = [A, lambda: A % 1]")
