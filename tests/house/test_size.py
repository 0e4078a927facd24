"""The law of size: files 400 lines, functions 40, a drawer's model.py 300; exceptions have a reason and only shrink."""

from __future__ import annotations

import ast
from pathlib import Path

FILE, MODEL, FUNCTION, EXCUSED_FILE = 400, 300, 40, 600
MOST_EXCEPTIONS = 0  # lower it when the list shrinks; raising it is an architectural decision


def exceptions(root: Path) -> dict[str, int]:
    """Place -> the size that it is allowed."""
    rows = (root / "tests/house/exceptions.txt").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in row.split("|")] for row in rows if row and not row.startswith("#")]
    assert all(len(cell) == 3 and len(cell[2]) > 20 for cell in cells), "each exception: place | limit | reason"
    return {place: int(limit) for place, limit, _ in cells}


def sources(files: list[Path], root: Path) -> list[Path]:
    """Code that people write; what is generated says so in its first line."""
    code = [path for path in files if path.suffix in {".py", ".ts", ".css"} and "migrations" not in path.parts]
    return [path for path in code if not path.read_text(encoding="utf-8")[:200].startswith("// Generated")]


def file_limit(path: Path) -> int:
    return MODEL if path.name == "model.py" and path.parent.parent.name == "equipment" else FILE


def functions(path: Path) -> dict[str, int]:
    """Qualified name -> length in lines of code and comments, the docstring left out."""
    found: dict[str, int] = {}

    def visit(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            name = f"{prefix}{getattr(child, 'name', '')}"
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                first = child.body[0]
                text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                documented = first.end_lineno - first.lineno + 1 if text else 0
                found[name] = child.end_lineno - child.lineno + 1 - documented
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                visit(child, f"{name}.")

    visit(ast.parse(path.read_text(encoding="utf-8")), "")
    return found


def test_no_file_is_longer_than_the_law_allows(files, root):
    allowed = exceptions(root)
    long = []
    for path in sources(files, root):
        name, lines = path.relative_to(root).as_posix(), len(path.read_text(encoding="utf-8").splitlines())
        if lines > allowed.get(name, file_limit(path)):
            long.append(f"{name}: {lines} lines, {allowed.get(name, file_limit(path))} allowed")
    assert not long, "\n".join(long)


def test_no_function_is_longer_than_the_law_allows(files, root):
    allowed = exceptions(root)
    long = []
    for path in (path for path in sources(files, root) if path.suffix == ".py"):
        name = path.relative_to(root).as_posix()
        for function, lines in functions(path).items():
            limit = allowed.get(f"{name}:{function}", FUNCTION)
            if lines > limit:
                long.append(f"{name}:{function}: {lines} lines, {limit} allowed")
    assert not long, "\n".join(long)


def test_the_list_of_exceptions_only_shrinks(root):
    allowed = exceptions(root)
    assert len(allowed) <= MOST_EXCEPTIONS
    for place, limit in allowed.items():
        name, _, function = place.partition(":")
        path = root / name
        assert path.is_file(), f"{place} is gone: take it off the list"
        size = functions(path).get(function) if function else len(path.read_text(encoding="utf-8").splitlines())
        assert size is not None, f"{place} is gone: take it off the list"
        assert size > (FUNCTION if function else file_limit(path)), f"{place} no longer needs it"
        assert function or limit <= EXCUSED_FILE, f"{place}: no reason excuses more than {EXCUSED_FILE} lines"
