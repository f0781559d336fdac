"""Every regular expression of the package, found in its source, and texts made to be hard for each.

A call such as ``re.compile(…)`` or ``re.search(…)`` is found by its syntax, and its pattern is worked out among the names
of its module; a function without parameters that returns patterns is called for them.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from functools import _lru_cache_wrapper, cache
from itertools import cycle, islice
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]  # what a pattern is made of is not public
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import miner
from miner.rules import Rule
from miner.search import Anchored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

Pattern = re.Pattern[str] | re.Pattern[bytes]

_CALLS = {"compile", "search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}
_FLAGS = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "finditer": 2, "findall": 2}


def patterns() -> tuple[dict[str, Pattern], set[str]]:
    """Return each pattern by the place where it is written, and the places where it depends on what is read."""
    found: dict[str, Pattern] = {}
    unknown: set[str] = set()
    for module in _modules():
        held: dict[str, Pattern] = {}
        for name, value in vars(module).items():
            held |= {f"{name}[{n}]" if n else name: pattern for n, pattern in enumerate(_within(value, module))}
        known = {(pattern.pattern, pattern.flags) for pattern in held.values()}
        for owner, call in _calls(module):
            try:
                pattern = _compiled(call, module)
            except (NameError, TypeError):  # a name of the function that it stands in
                if owner not in held:
                    unknown.add(f"{module.__name__}.{owner}")
            else:
                if (pattern.pattern, pattern.flags) not in known:
                    held[f"{owner}, line {call.lineno}"] = pattern
        found |= {f"{module.__name__}.{name}": pattern for name, pattern in held.items()}
    return found, unknown


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(miner.__path__, "miner."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _within(value: object, module: ModuleType) -> Iterator[Pattern]:
    """Yield the patterns that a module's own value is, holds or returns."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Rule):
        yield from (value.regex, value.needed)
    elif isinstance(value, Anchored):
        yield from (value.pattern, value.core)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _within(part, module)
    elif isinstance(value, dict):
        yield from _within(list(value.values()), module)
    elif isinstance(value, _lru_cache_wrapper) and value.__module__ == module.__name__ and not _parameters(value):
        yield from _within(value(), module)


def _parameters(function: Callable[..., object]) -> int:
    return len(inspect.signature(function).parameters)


def _calls(module: ModuleType) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call that takes a pattern, with the name of the function or constant that it stands in."""
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    for statement in ast.walk(tree):
        if isinstance(statement, ast.FunctionDef | ast.Assign | ast.AnnAssign):
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement
            owner = getattr(target, "name", getattr(target, "id", "")) or ast.unparse(getattr(target, "target", target))
            for call in ast.walk(statement):
                if isinstance(call, ast.Call) and _takes_pattern(call.func):
                    yield owner, call


def _takes_pattern(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and ast.unparse(function.value) == "re" and function.attr in _CALLS


def _compiled(call: ast.Call, module: ModuleType) -> Pattern:
    def worked_out(node: ast.expr) -> Any:  # noqa: ANN401 - a pattern or flags
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(vars(module)))  # noqa: S307 - our own source

    assert isinstance(call.func, ast.Attribute)
    at = _FLAGS.get(call.func.attr, 99)
    flags = [worked_out(part) for part in call.args[at : at + 1]]
    flags += [worked_out(part.value) for part in call.keywords if part.arg == "flags"]
    return re.compile(worked_out(call.args[0]), *flags)


def uses(place: str, pattern: Pattern) -> set[str]:
    """Return the methods that the package calls on the pattern of that name: search, match …; finditer where it is not seen."""
    name = place.partition(",")[0].partition("[")[0].rpartition(".")[2]
    called = rf"\b{re.escape(name)}(?:\(\))?(?:\[\d\])?\.(search|match|fullmatch|finditer|findall|sub|split)\("
    seen = {method for source in _sources() for method in re.findall(called, source)} if "," not in place else set()
    if seen & {"search", "finditer", "findall", "sub", "split"} or not seen:
        return {"finditer"}
    return {method for method in seen if hasattr(pattern, method)}


@cache
def _sources() -> tuple[str, ...]:
    return tuple(Path(inspect.getfile(module)).read_text(encoding="utf-8") for module in _modules())


# What is hard for a pattern


def is_long(pattern: Pattern) -> bool:
    """Tell whether a pattern holds a repetition without end, or of many words; one that holds none tries little at a place."""
    return any(_is_long(op, value) for op, value in _nodes(_parsed(pattern)))


def _is_long(op: Any, value: Any) -> bool:  # noqa: ANN401
    """Tell whether an operation is such: (?:按|按可比价格){0,24} has a way to cut 按可比价格 for each of 2²⁴."""
    if op not in _REPEATS:
        return False
    words = any(inner is sre.BRANCH or inner in _REPEATS for inner, _ in _nodes(value[2]))
    return bool(value[1] == sre.MAXREPEAT or (words and value[1] >= _MANY))


_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
_MANY = 8


def units(pattern: Pattern, limit: int = 60, turns: int = 3) -> list[str]:
    """Return short texts to repeat: what a pattern is made of, and texts that it takes, whole and cut short.

    What stands in a long repetition comes first, up to ``turns`` of its branches; of a class of characters the first
    and last of each range.
    """
    tree = _parsed(pattern)
    long = [value[2] for op, value in _nodes(tree) if _is_long(op, value)]
    chars = [char for part in (*long, tree) for char in islice(_characters(part), 12)]
    samples = [_sample(tree, turn) for turn in range(10)]
    bodies = [_sample(part, turn) for turn in range(turns) for part in long]
    mixed = [one + 3 * other for one, other in zip(samples, (*bodies[1:], *samples), strict=False)]
    cut = [text for sample in samples for text in (sample[:-1], sample[:1])]
    return [*islice(dict.fromkeys(filter(None, (*bodies, *samples, *mixed, *cut, *chars))), limit)]


def _parsed(pattern: Pattern) -> Any:  # noqa: ANN401 - the parser has no types
    return parser.parse(pattern.pattern, pattern.flags)


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Yield the operations of a parsed pattern, and those within them."""
    for op, value in tree:
        yield op, value
        for part in _parts(op, value):
            yield from _nodes(part)


def _parts(op: Any, value: Any) -> list[Any]:  # noqa: ANN401
    if op is sre.BRANCH:
        return list(value[1])
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.ATOMIC_GROUP:
        return [value]
    if op is sre.GROUPREF_EXISTS:
        return [part for part in value[1:] if part]
    return [value[-1]] if op in _REPEATS or op in {sre.ASSERT, sre.ASSERT_NOT} else []


_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1",
    sre.CATEGORY_SPACE: " \n",
    sre.CATEGORY_WORD: "a企",
    sre.CATEGORY_NOT_SPACE: "企a",
}


def _characters(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for op, value in _nodes(tree):
        if op is sre.LITERAL:
            yield chr(value)
        elif op is sre.ANY or op is sre.NOT_LITERAL:
            yield from "企1 "
        elif op is sre.IN:
            yield from _of_class(value)


def _of_class(members: Any) -> list[str]:  # noqa: ANN401
    if members[0][0] is sre.NEGATE:
        unwanted = {char for op, value in members[1:] for char in _of_class([(op, value)])}
        return [char for char in "企1 、,。“(a%" if char not in unwanted] or ["企"]
    found: list[str] = []
    for op, value in members:
        if op is sre.LITERAL:
            found.append(chr(value))
        elif op is sre.RANGE:
            found += [chr(value[0]), chr(value[1])] if value[0] < 0x3000 else ["企"]
        elif op is sre.CATEGORY:
            found += _OF_CATEGORY.get(value, "企,")
    return found


def _sample(tree: Any, turn: int) -> str:  # noqa: ANN401
    """Return a text that a parsed pattern may take; ``turn`` chooses among its branches and characters."""
    text = ""
    for n, (op, value) in enumerate(tree):
        if op is sre.BRANCH:
            text += _sample(value[1][(turn + n) % len(value[1])], turn)
        elif op in _REPEATS:
            times = max(value[0], min(value[1], turn % 3))
            text += "".join(_sample(value[2], turn + k) for k in range(min(times, 8)))
        elif op is sre.IN:
            chars = _of_class(value)
            text += chars[turn % len(chars)]
        elif op is sre.LITERAL:
            text += chr(value)
        elif op is sre.ANY or op is sre.NOT_LITERAL:
            text += "企1"[turn % 2]
        elif op is sre.SUBPATTERN or op is sre.ATOMIC_GROUP:
            text += _sample(_parts(op, value)[0], turn)
    return text


def repeated(unit: str, length: int) -> str:
    """Return ``unit`` again and again, up to ``length`` characters."""
    return "".join(islice(cycle(unit), length))
