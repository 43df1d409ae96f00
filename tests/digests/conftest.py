"""A real mail server, ledgers with a history, and subscribers."""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from digests.message import Sender
from digests.smtp import Server
from digests.subscriptions import Subscription
from flows.core import store
from flows.inputs import Input, from_paths
from flows.mailing.setup import Post
from flows.readers import read_texts
from flows.spool import Spool
from parsers.reading import Declared
from storage.ledger import Ledger, open_ledger
from storage.runs import start_run

SECRET = "a secret of the tests, long enough"
LAKE = "云川市澄湖区"


@dataclass
class Clock:
    """The ledger's clock, set by the test; a millisecond passes at each look."""

    now: datetime = datetime(2018, 1, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def set(self, *day: int) -> None:
        """Go to a day (and hour), UTC."""
        self.now = datetime(*day, tzinfo=UTC)  # type: ignore[arg-type,misc]


@dataclass
class MailServer:
    """A running server: what it took, and how to reach it."""

    folder: Path
    port: int
    certificate: Path
    process: subprocess.Popen[bytes]
    security: str = "starttls"

    def taken(self) -> list[EmailMessage]:
        """The mails it took, in order, parsed strictly."""
        policy = email.policy.SMTP.clone(raise_on_defect=True)
        found = []
        for path in sorted(self.folder.glob("*.eml")):
            made = email.message_from_bytes(path.read_bytes(), policy=policy)
            assert isinstance(made, EmailMessage)
            found.append(made)
        return found

    def post(self, **more: object) -> Post:
        """How the product reaches it."""
        facts: dict[str, object] = {
            "host": "localhost",
            "port": self.port,
            "security": self.security,
            "login": "duixian",
            "password": "right horse",
            "ca": str(self.certificate),
            "timeout": 5.0,
            **more,
        }
        sender = Sender(
            "digest@duixian.example",
            unsubscribe_page="https://duixian.example/unsubscribe",
            unsubscribe_mail="leave@duixian.example",
        )
        return Post(Server(**facts), sender, SECRET)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody has signed, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def mail_server(
    request: pytest.FixtureRequest, tmp_path: Path, certificate: tuple[Path, Path]
) -> Iterator[MailServer]:
    """A mail server of this test's own; its parameter: starttls (where there is none) or tls."""
    security = getattr(request, "param", "starttls")
    folder = tmp_path / "mails"
    folder.mkdir()
    script = Path(__file__).with_name("mail_server.py")
    process = subprocess.Popen([sys.executable, "-W", "ignore", script, folder, *certificate, security])
    deadline = time.monotonic() + 20
    while not (folder / "port").exists():
        assert process.poll() is None and time.monotonic() < deadline, "the mail server did not start"
        time.sleep(0.02)
    server = MailServer(folder, int((folder / "port").read_text()), certificate[0], process, security)
    yield server
    server.stop()


@dataclass
class Desk:
    """A ledger with a clock, and texts that are read into it as they come."""

    ledger: Ledger
    clock: Clock
    folder: Path
    names: list[str] = field(default_factory=list)

    def read(
        self,
        texts: Sequence[Path],
        version: str = "p1",
        declared: Declared | None = None,
        kind: str = "run",
    ) -> None:
        """Read texts into the ledger, as a run does."""
        inputs: list[Input] = list(from_paths(list(texts), declared or Declared()))
        run = start_run(self.ledger, kind=kind, parser_version=version)
        with Spool() as spool:
            for number, text in enumerate(read_texts(inputs, None)):
                spool.add(number, text)
            for _numbers, arrivals in spool.batches(50):
                store(self.ledger, run, arrivals)

    def text(self, name: str, words: str, published: str, **more: str) -> Path:
        """A text of the test's own, with its side file."""
        path = self.folder / name
        path.write_text(words, encoding="utf-8")
        facts = {"district": LAKE, "level": "district", "published": published, **more}
        side = "".join(f"{key}: '{value}'\n" for key, value in facts.items())
        path.with_name(name + ".meta.yml").write_text(side, encoding="utf-8")
        return path


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks with an empty ledger at an address, on a clock of 2018 or on the real one."""
    made: list[Ledger] = []

    def make(url: str | Path, *, real_clock: bool = False) -> Desk:
        clock = Clock()
        folder = tmp_path / "texts"
        folder.mkdir()
        made.append(open_ledger(url, create=True, clock=None if real_clock else clock))
        return Desk(made[-1], clock, folder)

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk], tmp_path: Path) -> Desk:
    """A desk with an empty ledger of 2018."""
    return new_desk(tmp_path / "ledger.db")


@pytest.fixture
def subscribe() -> Callable[..., Subscription]:
    """Makes subscriptions: reader of everything at once, unless told otherwise."""

    def make(name: str, **facts: object) -> Subscription:
        mail = None if "chat" in facts else f"{name}@reader.example"
        return Subscription.model_validate({"id": name, "mail": mail, "often": "at once", **facts})

    return make
