"""Reads a TOML file into a model, and reports every fault at once, each with file and key."""

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storage.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


def load_toml(path: Path, model: type[Model], more: Mapping[str, Any]) -> Model:
    """The model in a file; `more` are values that are not the file's to say.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or has faults.
    """
    try:
        return model.model_validate({**tomllib.loads(path.read_text(encoding="utf-8-sig")), **more})
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: line {error.object[: error.start].count(10) + 1}: not UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not TOML: {error}"]) from error
    except ValidationError as error:
        raise ConfigError([f"{path}: {_fault(details, model)}" for details in error.errors()]) from error


def _fault(details: ErrorDetails, model: type[BaseModel]) -> str:
    place = ".".join(map(str, details["loc"]))
    if details["type"] == "extra_forbidden":
        near = get_close_matches(str(details["loc"][-1]), set(_keys(model)), n=1)
        return f"{place}: unknown key" + (f"; did you mean `{near[0]}`?" if near else "")
    if details["type"] == "missing":
        return f"{place}: is required"
    said = details["msg"].removeprefix("Value error, ").replace("Input should", "must").replace("String should", "must")
    return f"{place}: {said}; got {details['input']!r}"


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """The keys of a model and of the tables in it."""
    for name, field in model.model_fields.items():
        if not field.exclude:
            yield name
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from _keys(inner)
