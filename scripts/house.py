"""Figures of the house: how many modules, which are imported by one other alone, how long functions are.

``bash scripts/figures`` prints them. Migrations are left out, which nobody moves to tidy up, and tests.
"""

import ast
import tomllib
from pathlib import Path
from statistics import quantiles

import grimp

ROOT = Path(__file__).resolve().parent.parent
SMALL = 80
"""Lines below which a module with one importer might as well stand in it."""


def packages():
    """The portal's own, as the import contracts name them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["tool"]["importlinter"]["root_packages"]


def sources(root, names):
    """{module: its source} of the packages ``names`` below ``root``."""
    found = {}
    for path in sorted(path for name in names for path in (root / name).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" not in parts:
            found[".".join(parts).removesuffix(".__init__")] = path.read_text(encoding="utf-8")
    return found


def only_importers(modules, names):
    """{module: the only one that imports it} of those of ``modules`` that have just one."""
    graph = grimp.build_graph(*names, cache_dir=None)
    importers = {name: graph.find_modules_that_directly_import(name) & set(modules) for name in modules}
    return {name: min(those) for name, those in importers.items() if len(those) == 1}


def lengths(source):
    """How many lines each function has, from ``def`` to its end."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    return [node.end_lineno - node.lineno + 1 for node in functions]


def figures(root, names):
    """{what: how many}, and the small modules with one importer as {module: (lines, importer)}."""
    modules = sources(root, names)
    lines = {name: len(source.splitlines()) for name, source in modules.items()}
    lonely = only_importers(modules, names)
    small = {name: (lines[name], lonely[name]) for name in sorted(lonely) if lines[name] < SMALL}
    functions = [length for source in modules.values() for length in lengths(source)]
    counted = {
        "modules (files)": len(modules),
        "modules with exactly one importer": len(lonely),
        f"of these under {SMALL} lines": len(small),
        "lines": sum(lines.values()),
        "functions": len(functions),
        "lines of a function, 95th percentile": round(quantiles(functions, n=20)[-1]),
        "lines of the longest function": max(functions),
    }
    return counted, small


def main():
    counted, small = figures(ROOT, packages())
    print(*(f"{what:<37}{number:>6}" for what, number in counted.items()), sep="\n")
    print(f"\nWith one importer and under {SMALL} lines:")
    print(*(f"  {name} ({lines}) <- {importer}" for name, (lines, importer) in small.items()), sep="\n")


if __name__ == "__main__":
    main()
