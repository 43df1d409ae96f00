"""What an operator may set: by environment (DUIXIAN_…) or in settings.toml in the data folder."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.home import data_folder

if TYPE_CHECKING:
    from tracking.words.labels import Lang


class Settings(BaseSettings):
    """Settings with their defaults; the environment wins over the file."""

    model_config = SettingsConfigDict(env_prefix="DUIXIAN_", extra="forbid")

    db: str | None = None
    """The ledger: a path, sqlite:///… or postgresql://…."""
    lang: str | None = None
    """zh or en, for tables, previews and labels; the terminal's locale decides where it is not set."""
    contact: str | None = None
    """How a site's keeper reaches the operator (a page or a mail address): said with every request."""
    batch: int = Field(default=50, ge=1)
    """Documents read in one task and stored in one transaction."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then environment, then the settings file."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=data_folder() / "settings.toml")
        return init_settings, env_settings, file


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def language() -> Lang:
    """The language that people are spoken to in."""
    from tracking.words.catalogue import chosen_language

    told = settings().lang
    return chosen_language({"DUIXIAN_LANG": told} if told else None)
