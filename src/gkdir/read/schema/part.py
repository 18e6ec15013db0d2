"""Part, the base of every shape: a mapping of the file that knows its places, and how its keys are declared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gkdir.finding import Place
from gkdir.model.item import Written
from gkdir.yaml.lookalike import meant_as_mapping
from gkdir.yaml.nodes import Branch, Node, Scalar

INTERNAL = frozenset(("责任人", "审核人", "核对人"))
"""Keys that may be written and go no further: who answers for it inside the office (R5.1)."""


class Part(BaseModel):
    """A mapping of the file. Keys that were left blank count as missing, except those in ``blanks``."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    blanks: ClassVar[frozenset[str]] = frozenset()
    _branch: Branch = PrivateAttr()

    @model_validator(mode="wrap")
    @classmethod
    def _keep_places(cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        if isinstance(value, dict):
            return handler(value)  # a shape that refers to itself is wrapped twice: the outer call opened the mapping
        if not isinstance(value, Branch):
            raise not_a_mapping(value)
        if info.context is not None:
            info.context[value.place] = cls.keys()  # what an unknown key could have meant
        given = {key.text: node for key, node in value.entries if not (node.blank and key.text in cls.optional())}
        part = handler(given)
        part._branch = value
        return part

    @classmethod
    @cache
    def keys(cls) -> tuple[str, ...]:
        """The keys that this mapping may have, as they are written."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    @cache
    def optional(cls) -> frozenset[str]:
        """The keys that count as missing if left blank; unknown keys are reported in any case."""
        return frozenset(cls.keys()) - cls.blanks

    @property
    def place(self) -> Place:
        """Where the mapping's own key is, or the mapping itself where it is in a list."""
        return self._branch.key

    def node(self, key: str) -> Node | None:
        """What was written under ``key``."""
        return self._branch.get(key)

    def key_place(self, key: str) -> Place:
        """Where ``key`` was written, or the mapping's own place."""
        node = self.node(key)
        return node.key if node is not None else self.place

    def left_blank(self) -> Mapping[str, Written]:
        """Every key that was written with nothing after it, at the key."""
        return {key.text: Written("", key.place) for key, node in self._branch.entries if node.blank}

    def written(self) -> Mapping[str, Written]:
        """Every key that was given and is not internal: a text at its value, anything else at its key."""
        return {
            key.text: Written(node.text.strip(), node.place) if isinstance(node, Scalar) else Written("", node.key)
            for key, node in self._branch.entries
            if not node.blank and key.text not in INTERNAL
        }


def not_a_mapping(node: Node) -> PydanticCustomError:
    """The error of a text or list where a mapping belongs; a look-alike of YAML's marks that made it one is named."""
    hint = "请把内容写在下一行，缩进两个空格，每行一个“键: 值”。"
    odd = meant_as_mapping(node.text) if isinstance(node, Scalar) and isinstance(node.value, str) else None
    return wrong(node, f"这里要写成“键: 值”的形式。{odd.message if odd else ''}", odd.hint if odd else hint)


def wrong(node: Node | Written, message: str, hint: str = "") -> PydanticCustomError:
    """The error of a value that is not what it should be; it carries its own place and what to do."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "hint": hint, "place": node.place})


def key(name: str, about: str, *examples: object, default: Any = ...) -> Any:
    """One key of a Part: how it is written, what it is for, and examples; without ``default`` it must be there."""
    return Field(default, alias=name, title=name, description=about, examples=list(examples) or None)
