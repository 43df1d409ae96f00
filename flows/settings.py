"""What an operator may set: by environment (DUIXIAN_…) or in settings.toml in the data folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.cli.problems import Problem
from flows.home import data_folder

if TYPE_CHECKING:
    from tracking.words.labels import Lang


SECRETS = ("mail_password", "mail_secret")
"""Settings that come from the environment (or a Prefect block) only."""


class Settings(BaseSettings):
    """Settings with their defaults; the environment wins over the file."""

    model_config = SettingsConfigDict(env_prefix="DUIXIAN_", extra="forbid")

    db: str | None = None
    """The ledger: a path, sqlite:///… or postgresql://…."""
    lang: str | None = None
    """zh or en, for tables, previews and labels; the terminal's locale decides where it is not set."""
    contact: str | None = None
    """How a site's keeper reaches the operator (a page or a mail address): said with every request."""
    proxy: SecretStr | None = None
    """http://… that the web is asked through, with name and password where it wants them."""
    batch: int = Field(default=50, ge=1)
    """Documents read in one task and stored in one transaction."""
    looks: int = Field(default=8, ge=1)
    """Sources that a run looks at at once; a host is asked in turn all the same."""
    schedules: Path | None = None
    """The file of schedules; a clone has one (deployments/prefect.yaml)."""
    dask: str | None = None
    """Address of a Dask scheduler for backfills, or `local`; needs the extra `dask`."""
    alarm: str | None = None
    """Where failures of flows and alarms of sources go: addresses as Apprise writes them, apart by spaces."""
    backups: int = Field(default=14, ge=1)
    """Scheduled backups that are kept."""

    subscribers: str | None = None
    """The file of subscriptions; subscribers.yml in the data folder where it is not set."""
    site: str = ""
    """Public address of the site (https://…), for the links in mails."""
    mail_server: str | None = None
    """host or host:port that mails are handed to."""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the line to it is encrypted; none only for a server on this machine."""
    mail_login: str = ""
    """Name that it is logged in with."""
    mail_password: SecretStr = SecretStr("")
    """Only by environment: DUIXIAN_MAIL_PASSWORD."""
    mail_password_block: str | None = None
    """Instead: name of a Prefect block of type Secret that holds the password."""
    mail_ca: str | None = None
    """File of certificates to trust instead of the system's."""
    mail_from: str | None = None
    """Address that mails come from."""
    mail_name: str = "Duixian 兑现"
    """Name that mails come from."""
    mail_reply_to: str = ""
    """Address that answers go to."""
    mail_leave: str = ""
    """Address that takes unsubscriptions by mail."""
    mail_secret: SecretStr = SecretStr("")
    """Signs the links for leaving; only by environment: DUIXIAN_MAIL_SECRET."""
    mail_in_doubt: Literal["again", "hold"] = "again"
    """What becomes of a mail whose answer never came: handed over once more, or left for a person."""

    @field_validator("proxy")
    @classmethod
    def _web_proxy(cls, told: SecretStr | None) -> SecretStr | None:
        if told is None or not told.get_secret_value():
            return None
        parts = urlsplit(told.get_secret_value())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Problem("DUIXIAN_PROXY is no proxy's address: write it as http://proxy.example:3128.")
        return told

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
        for name in SECRETS:
            if name in file():
                raise Problem(
                    f"settings.toml holds {name}: a file is copied and backed up; take it out and set "
                    f"DUIXIAN_{name.upper()} in the environment."
                )
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
