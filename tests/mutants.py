"""Mutation testing: does some test fail where the code is changed? ``python -m tests.mutants numbers masks``.

Each mutant differs from a module of the package in one place: a comparison, a condition, a number, a word, a sum, a
statement, an alternative or a look-around of a regular expression. One that no test notices has survived; those that
cannot be noticed stand in ``tests/mutants.toml``, each with the reason. mutmut leaves out what is decorated and whatever
stands outside of functions, which is where the patterns are; cosmic-ray leaves out strings, and starts Python anew for
each. Here a mutant is a fork of a process that has everything loaded but the module and those that use it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import itertools
import mmap
import os
import random
import re
import resource
import sys
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import grimp
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

import miner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MODULES: Final = ("numbers", "units", "amounts", "quantities", "masks")
EQUIVALENT: Final = Path(__file__).with_name("mutants.toml")
FAR: Final = "quickly or zone or known_place or city or leader or trade or subject or region or an_indicator or head"
TESTS: Final = ["units", "rules", "cases", "numbers", "snapshots", "lexicons", "floors"]
OPTIONS: Final = [
    *("-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", "--hypothesis-profile=mutants"),
    *("-k", f"not ({FAR})", *(f"tests/test_{name}.py" for name in TESTS)),
]
"""What is asked about each mutant, the quickest tests first, and how: a tenth of a second for most, five where all pass."""
SECONDS: Final = 60  # of the processor: a mutant that takes longer never ends
KILLED, SURVIVED, STILLBORN = "killed", "survived", "stillborn"

SWAPS: Final[dict[type[ast.AST], list[type[ast.AST]]]] = {
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE], ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.In: [ast.NotIn], ast.NotIn: [ast.In], ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is], ast.Add: [ast.Sub], ast.Sub: [ast.Add], ast.Mult: [ast.Div], ast.Div: [ast.Mult],
    ast.Pow: [ast.Mult], ast.And: [ast.Or], ast.Or: [ast.And],
}  # fmt: skip
NOWHERE: Final = "\ue000"
"""A character that no text holds, and the first of those that stand for what an f-string puts in."""


class Mutant(NamedTuple):
    """A module with one change: what it is, its line, the tree of the module, and the node that becomes another."""

    name: str
    line: int
    whole: ast.Module
    node: ast.AST
    changed: ast.AST

    @property
    def tree(self) -> ast.Module:
        """A copy of the tree with the change."""
        changed = ast.copy_location(self.changed, self.node)
        return ast.fix_missing_locations(copy.deepcopy(self.whole, {id(self.node): changed}))


def mutants(module: str) -> Iterator[Mutant]:
    """Yield the mutants of a module of the package, in the order of its lines."""
    tree = ast.parse(Path("miner", f"{module}.py").read_text(encoding="utf-8"))
    seen: Counter[str] = Counter()
    for place, node in _places(tree):
        for changed in _changes(node):
            before, after = _shown(node, changed)
            name = f"{place}: {before} -> {after}"
            seen[name] += 1
            yield Mutant(name + f" ({seen[name]})" * (seen[name] > 1), node.lineno, tree, node, changed)


def _shown(node: ast.AST, changed: ast.AST) -> tuple[str, str]:
    """Return what a node was and is; of what is long, only what differs and a little around it."""
    parts = (each.test if isinstance(each, ast.If) else each for each in (node, changed))
    before, after = (" ".join(ast.unparse(part).split()) for part in parts)
    if len(before) <= 50:
        return before, after or "pass"
    start = max(0, len(os.path.commonprefix([before, after])) - 10)  # noqa: RUF071 - texts are meant, and no paths
    end = len(os.path.commonprefix([before[start:][::-1], after[start:][::-1]]))  # noqa: RUF071 - texts are meant, and no paths
    end = max(0, min(end, len(after) - start, len(before) - start) - 10)
    return before[start : len(before) - end], after[start : len(after) - end]


def _places(tree: ast.Module) -> Iterator[tuple[str, ast.expr | ast.stmt]]:
    """Yield each expression and statement that has a meaning when the program runs, with the name of what it stands in."""

    def walk(node: ast.AST, place: str) -> Iterator[tuple[str, ast.expr | ast.stmt]]:
        if isinstance(node, ast.FunctionDef):
            place = node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            place = ast.unparse(target) if place == "" else place
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"Rule", "Check"}:
            place = f"{place}, {ast.literal_eval(node.args[0])}"
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        if isinstance(node, ast.expr | ast.stmt):
            yield place, node
        for child in _children(node):
            yield from walk(child, place)

    yield from walk(tree, "")


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a node, without annotations, documentation, imports, names of rules and their examples."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Constant):
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "tuple":  # a type
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Rule", "Check"}:
        yield from [*node.args[1:2], *(keyword.value for keyword in node.keywords)]
        return
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "args"} and not isinstance(node, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            documents = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if isinstance(child, ast.AST) and not documents:
                yield child


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what a node may be changed to."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for swap in SWAPS[type(node.ops[0])]:
            yield ast.Compare(node.left, [swap()], node.comparators)  # type: ignore[list-item]
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPS[type(node.op)][0](), node.values)  # type: ignore[arg-type]
        for n in range(len(node.values)):
            rest = node.values[:n] + node.values[n + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
        for swap in SWAPS[type(node.op)]:
            yield ast.BinOp(node.left, swap(), node.right)  # type: ignore[arg-type]
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.If):
        for value in (True, False):
            yield ast.If(ast.Constant(value), node.body, node.orelse)
    elif isinstance(node, ast.AugAssign | ast.Continue) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in _other(node.value))
    elif isinstance(node, ast.JoinedStr):
        yield from _patterns(node)


def _other(value: object) -> Iterator[bool | int | str]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str) and is_pattern(value):
        for start, end in cuts(value):
            yield value[:start] + value[end:]
    elif isinstance(value, str) and value and not (value.isascii() and " " in value):  # the name of a rule
        yield NOWHERE


def is_pattern(text: str) -> bool:
    """Tell whether a string is a regular expression of more than words."""
    return bool(re.search(r"[|(\[\\]", text))


def cuts(pattern: str) -> list[tuple[int, int]]:
    """Return the stretches of a regular expression that can be left out: look-arounds, and alternatives but word by word.

    Example:
        >>> [r"(?<!x)(?:a\\d|b|c)$"[start:end] for start, end in cuts(r"(?<!x)(?:a\\d|b|c)$")]
        ['(?<!x)', 'a\\\\d|', 'b|', '|c']
    """
    found: list[tuple[int, int]] = []
    groups: list[tuple[int, list[int]]] = [(0, [0])]
    for match in re.finditer(
        r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\s#[^\n]*|\((?:\?(?:P<\w+>|<?[=!]|[:>]|\w+:))?|[|)]", pattern
    ):
        mark = match[0]
        if mark[0] == "(":
            groups.append((match.start(), [match.end()]))
        elif mark == "|":
            groups[-1][1].append(match.end())
        elif mark == ")":
            start, parts = groups.pop()
            found += _alternatives(pattern, [*parts, match.end()])
            if re.match(r"\(\?<?[=!]", pattern[start:]):
                found.append((start, match.end()))
    found += _alternatives(pattern, [*groups[0][1], len(pattern) + 1])
    return sorted(found)


def _alternatives(pattern: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each alternative of a group with a bar beside it, unless all are plain words, which are a list."""
    parts = [pattern[start : end - 1] for start, end in itertools.pairwise(starts)]
    if len(parts) > 1 and not all(re.fullmatch(r"[\w\s%/]*", part) and part.strip()[:1] < NOWHERE for part in parts):
        for n, start in enumerate(starts[:-1]):
            yield (start, starts[n + 1]) if n + 2 < len(starts) else (start - 1, starts[n + 1] - 1)


def _patterns(node: ast.JoinedStr) -> Iterator[ast.JoinedStr]:
    """Yield an f-string that is a regular expression with each of its `cuts`; what it puts in counts as a character."""
    inner = [part for part in node.values if isinstance(part, ast.FormattedValue)]
    numbered = iter(range(len(inner)))
    text = "".join(
        str(part.value) if isinstance(part, ast.Constant) else chr(ord(NOWHERE) + next(numbered))
        for part in node.values
    )
    if is_pattern(text):
        for start, end in cuts(text):
            pieces = re.split(r"([\ue000-\uf8ff])", text[:start] + text[end:])
            yield ast.JoinedStr(
                [inner[ord(piece) - ord(NOWHERE)] if n % 2 else ast.Constant(piece) for n, piece in enumerate(pieces)]
            )


class Judge:
    """A plugin of pytest that, once all tests are collected, runs them for each mutant in a process of its own."""

    def __init__(self, module: str, chosen: Sequence[Mutant], jobs: int) -> None:
        """Judge these mutants of a module, ``jobs`` at a time."""
        self.name, self.chosen, self.jobs = f"miner.{module}", chosen, jobs
        self.known = equivalent().get(module, {})
        graph = grimp.build_graph("miner")
        users = graph.find_downstream_modules(self.name) - {"miner"}
        self.users = sorted(users, key=lambda name: len(graph.find_upstream_modules(name)))  # what they use comes first
        self.fates: Counter[str] = Counter()
        self.items: list[pytest.Item] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests for the module as it is, then for each mutant."""
        self.items = list(session.items)
        tree = ast.parse(_path(self.name).read_text(encoding="utf-8"))
        if (fate := self._fate(tree)) != SURVIVED:
            raise pytest.UsageError(f"{self.name} is {fate} as it is: no mutant can be judged")
        with ThreadPoolExecutor(self.jobs) as threads:
            fates = threads.map(lambda mutant: self._fate(mutant.tree), self.chosen)
            for mutant, fate in zip(self.chosen, fates, strict=True):
                known = mutant.name in self.known
                self.fates["equivalent" if known and fate == SURVIVED else fate] += 1
                if fate == SURVIVED and not known:
                    _say([f"{_path(self.name)}:{mutant.line}: {mutant.name}"])
                elif fate == KILLED and known:
                    _say([f"{mutant.name}: killed, though {EQUIVALENT.name} lists it"])
        return True

    def _fate(self, tree: ast.Module) -> str:
        """Return what becomes of a mutant; the test that kills it is asked first about the next, which is often like it."""
        items, killer = list(self.items), mmap.mmap(-1, 4)  # which the process of the mutant shares
        child = os.fork()
        if child == 0:
            try:
                os._exit(self._failed(items, tree, killer))
            finally:
                os._exit(2)
        _, status = os.waitpid(child, 0)
        fate = KILLED if os.WIFSIGNALED(status) else (SURVIVED, KILLED, STILLBORN)[os.WEXITSTATUS(status)]
        if fate == KILLED:
            item = items[int.from_bytes(killer[:4])]
            self.items.remove(item)
            self.items.insert(0, item)
        return fate

    def _failed(self, items: Sequence[pytest.Item], tree: ast.Module, killer: mmap.mmap) -> int:
        """Be the process of a mutant: tell whether a test fails, and leave behind which is asked."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in range(3):
            os.dup2(nothing, descriptor)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        self._put_in(tree)
        for n, (item, following) in enumerate(itertools.pairwise([*items, None])):
            killer[:4] = n.to_bytes(4)
            if item and any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                return 1
        return 0

    def _put_in(self, tree: ast.Module) -> None:
        """Run the module anew from a tree, and after it all that use it; the tests see what is new."""
        changed = sys.modules[self.name]
        exec(compile(tree, str(changed.__file__), "exec"), changed.__dict__)  # noqa: S102 - the mutant
        anew = [name for name in self.users if name in sys.modules]
        for name in anew:
            importlib.reload(sys.modules[name])
        made = {self.name, *anew}
        for module in list(sys.modules.values()):
            for name, value in (
                list(vars(module).items()) if module.__name__.startswith(("tests", "test_", "miner")) else ()
            ):
                home = getattr(value, "__module__", None)
                if home in made and module.__name__ not in made and hasattr(value, "__qualname__"):
                    setattr(module, name, getattr(sys.modules[home], value.__qualname__, value))


def _path(name: str) -> Path:
    return Path("miner", f"{name.removeprefix('miner.')}.py")


def equivalent() -> dict[str, dict[str, str]]:
    """Return the mutants that no test can kill, module by module, each with the reason."""
    listed: dict[str, dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return listed


def main() -> int:
    """Try the mutants of modules; print those that survive, and how many were killed of how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", default=MODULES, help=f"of {', '.join(MODULES)}; without any, all")
    parser.add_argument("--list", action="store_true", help="list the mutants and try none")
    parser.add_argument("--in", dest="place", default="", help="only mutants whose name holds this")
    parser.add_argument("--sample", type=int, default=0, help="only so many of each module, chosen by chance")
    parser.add_argument("--seed", type=int, default=0, help="another makes another sample")
    parser.add_argument("--jobs", "-j", type=int, default=1, help="how many at a time")
    asked = parser.parse_args()
    settings.register_profile(
        "mutants",
        deadline=None,
        derandomize=True,
        max_examples=25,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    miner.mine_text("园区现有企业66家。")  # words and lexicons are loaded before any fork
    survived = 0
    for module in asked.modules:
        chosen = [mutant for mutant in mutants(module) if asked.place in mutant.name]
        among = len(chosen)
        if asked.sample:
            chosen = random.Random(asked.seed).sample(chosen, min(asked.sample, among))  # noqa: S311 - no secrets
        if asked.list:
            _say(f"{mutant.line}: {mutant.name}" for mutant in chosen)
            _say([f"{module}: {among} mutants"])
            continue
        fates = judge(module, chosen, asked.jobs)
        tried, survived = len(chosen) - fates[STILLBORN], survived + fates[SURVIVED]
        counts = f"{fates[KILLED]} killed of {tried}, {fates['equivalent']} equivalent, {fates[SURVIVED]} survived"
        _say([f"{module}: {counts}; there are {among}"])
    return survived > 0


def judge(module: str, chosen: Sequence[Mutant], jobs: int) -> Counter[str]:
    """Try mutants of a module; return how many were killed, survived, are known as equivalent, or cannot be imported."""
    plugin = Judge(module, chosen, jobs)
    if status := pytest.main(OPTIONS, plugins=[plugin]):
        raise SystemExit(status)
    return plugin.fates


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - what it is for


if __name__ == "__main__":
    sys.exit(main())
