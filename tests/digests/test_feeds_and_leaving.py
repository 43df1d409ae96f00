"""Feeds, leaving by click, page and mail, chats over real HTTP, and the commands around them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import feedparser
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from digests.atom import feed
from digests.chat import post_to_chat, shortened
from digests.feed_page import router as feeds
from digests.leaving import has_left, leave, token
from digests.leaving_page import router as leaving
from digests.links import Links
from flows.cli.app import app
from flows.mailing.making import put_in_outbox
from flows.mailing.sending import send_due
from flows.settings import settings
from storage.mails.delivery import mails

SECRET = "a secret of the tests, long enough"
PROMISE = "2018年，我们将新增城镇就业1.2万人以上，新建口袋公园22处。"
RESULT = (
    "过去一年，全区完成新增城镇就业1万人。2018年，全区新增城镇就业1万人。"
    "2019年，我们将新增城镇就业1.3万人以上，新建口袋公园12处。"
)


@pytest.fixture
def lake(desk):
    """A desk whose ledger has two years, with an accusation that nobody reviewed."""
    desk.clock.set(2018, 1, 10)
    desk.read([desk.text("a.txt", PROMISE, "2018-01-08")])
    desk.clock.set(2019, 1, 10)
    desk.read([desk.text("b.txt", RESULT, "2019-01-08")])
    return desk


@pytest.fixture
def client(lake) -> TestClient:
    site = FastAPI()
    site.include_router(leaving(lake.ledger, SECRET, "en"))
    site.include_router(feeds(lake.ledger, Links("https://duixian.example"), "en"))
    return TestClient(site)


def test_one_click_leaves_and_looking_does_not(client, lake) -> None:
    where = f"/unsubscribe/{token(SECRET, 'a')}"
    page = client.get(where).text
    assert "You will get no more mails" in page
    # The site's own rules for pages let no style stand in them: it comes from an address beside.
    assert "style=" not in page and "<style" not in page
    [style] = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    assert client.get(style).headers["content-type"].startswith("text/css")
    assert not has_left(lake.ledger, "a")
    clicked = client.post(where, data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 200 and has_left(lake.ledger, "a")
    assert client.post(where).status_code == 200  # twice is no error


@pytest.mark.parametrize("forged", ["x", token("another secret", "a"), token(SECRET, "a")[:-1] + "_", "%00"])
def test_a_forged_token_leaves_nobody(client, lake, forged) -> None:
    assert client.post(f"/unsubscribe/{forged}").status_code == 404
    assert not has_left(lake.ledger, "a")


def test_a_mail_to_the_leaving_address_unsubscribes(lake) -> None:
    mail = f"From: A <a@reader.example>\r\nSubject: Re: unsubscribe {token(SECRET, 'a')}\r\n\r\nbye\r\n"
    assert leave(lake.ledger, SECRET, mail, "by mail") == "a"
    assert has_left(lake.ledger, "a")
    assert leave(lake.ledger, SECRET, "Subject: unsubscribe please\r\n\r\n") is None


def test_feeds_are_valid_and_keep_accusations_back(client, lake) -> None:
    answer = client.get("/feeds/places/云川市澄湖区.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo and read.version == "atom10"
    titles = [entry.title for entry in read.entries]
    assert any("口袋公园 22 → 12" in title for title in titles)
    assert not any("not met" in title for title in titles)
    assert all(entry.link.startswith("https://duixian.example/commitments/") for entry in read.entries)
    assert len({entry.id for entry in read.entries}) == len(titles)
    editors = feed(lake.ledger, lang="en", links=Links(), address="", role="editor")
    assert any("not met" in entry.title for entry in feedparser.parse(editors).entries)


def test_a_feed_of_one_commitment_holds_only_that(client, lake) -> None:
    everything = feedparser.parse(client.get("/feeds/all.atom").content).entries
    one = next(entry for entry in everything if "口袋公园" in entry.title)
    name = one.link.rpartition("/")[2]
    found = feedparser.parse(client.get(f"/feeds/commitments/{name}.atom").content).entries
    assert 1 <= len(found) < len(everything) and all("口袋公园" in entry.title for entry in found)


@pytest.fixture
def hook() -> Iterator[tuple[str, list[dict[str, object]], list[int]]]:
    """A webhook over real HTTP: its Apprise address, what it got, and the status that it answers next."""
    got: list[dict[str, object]] = []
    statuses = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if statuses[0] == 200:
                got.append(json.loads(body))
            self.send_response(statuses[0])
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_address[1]}/hook", got, statuses
    server.shutdown()
    server.server_close()


def test_a_chat_gets_the_digest_once_and_after_a_failure_again(desk, subscribe, hook, monkeypatch) -> None:
    address, got, statuses = hook
    monkeypatch.setenv("TEAM_CHAT", address)
    team = [subscribe("team", chat="TEAM_CHAT")]

    def send():
        put_in_outbox(desk.ledger, team, desk.clock(), Links(), "duixian.example")
        return send_due(desk.ledger, lambda: pytest.fail("no mail server is needed"), team, post_to_chat)

    send()
    desk.clock.set(2018, 1, 10)
    desk.read([desk.text("a.txt", PROMISE, "2018-01-08")])
    statuses[0] = 503
    failed = send()
    assert failed.counts == {"put off": 1} and address not in str(failed.reports)
    statuses[0] = 200
    desk.clock.set(2018, 1, 10, 5)
    assert send().counts == {"sent": 1}
    assert send().counts == {}
    [message] = got
    assert "口袋公园" in str(message["message"]) and "兑现" in str(message["title"])


def test_a_long_message_to_a_chat_is_cut_at_a_line_with_a_mark() -> None:
    cut = shortened("一二三四五六七八九十\n" * 1000)
    assert cut.endswith("十\n……") and len(cut) < 4000


@pytest.fixture
def command(lake, tmp_path, monkeypatch, mail_server):
    """Runs `duixian` on the ledger with settings for the mail server; (status, stdout, stderr)."""
    facts = {
        "VAR": str(tmp_path / "var"),
        "MAIL_SERVER": f"localhost:{mail_server.port}",
        "MAIL_LOGIN": "duixian",
        "MAIL_PASSWORD": "right horse",
        "MAIL_CA": str(mail_server.certificate),
        "MAIL_FROM": "digest@duixian.example",
        "MAIL_SECRET": SECRET,
        "LANG": "en",
    }
    for name, value in facts.items():
        monkeypatch.setenv(f"DUIXIAN_{name}", value)
    settings.cache_clear()

    def run(*words: str, standard_input: str | None = None):
        from flows.cli.problems import Problem

        found = CliRunner().invoke(app, [*words, "--db", str(tmp_path / "ledger.db")], input=standard_input)
        if isinstance(found.exception, Problem):
            return found.exception.status, found.stdout, str(found.exception)
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    yield run
    settings.cache_clear()


def test_from_adding_a_subscriber_to_a_mail_to_leaving(command, lake, mail_server, tmp_path) -> None:
    status, _, said = command("digest", "send")
    assert status == 2 and "subscribers add" in said
    assert command("subscribers", "add", "li", "--mail", "li@reader.example", "--often", "daily")[0] == 0
    status, _, said = command("subscribers", "add", "wu", "--mail", "wu@reader")
    assert status == 2 and "no mail address" in said
    assert command("subscribers", "add", "wu", "--mail", "wu@reader.example", "--place", "火星区")[0] == 0
    status, _, said = command("subscribers", "check")
    assert status == 1 and "no place called 火星区" in said
    file = tmp_path / "var" / "subscribers.yml"
    file.write_text("# ours\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert command("subscribers", "remove", "wu")[0] == 0
    assert file.read_text(encoding="utf-8").startswith("# ours") and "wu" not in file.read_text(
        encoding="utf-8"
    )
    lake.clock.set(2019, 1, 20)
    lake.read([lake.text("c.txt", "2019年，我们将整治河道3条。", "2019-01-18")])
    lake.ledger.engine.dispose()
    status, out, _ = command("digest", "send", "--dry-run", "--now", "--json")
    [plan] = [json.loads(line) for line in out.splitlines()]
    assert (plan["subscriber"], plan["to"]) == ("li", "li@reader.example")
    assert mail_server.taken() == []
    status, out, _ = command("digest", "preview", "--for", "li", "--json")
    assert "整治河道" in Path(json.loads(out)["text"]).read_text(encoding="utf-8")
    status, out, _ = command("digest", "send", "--now", "--json")
    assert status == 0 and json.loads(out) == {"made": 1, "sent": 1, "reports": []}
    [mail] = mail_server.taken()
    assert mail["To"] == "li@reader.example"
    assert json.loads(command("digest", "outbox", "--all", "--json")[1])["state"] == "sent"
    assert json.loads(command("subscribers", "list", "--json")[1])["state"] == "started"
    assert command("subscribers", "pause", "li", "--reason", "away")[0] == 0
    assert json.loads(command("subscribers", "list", "--json")[1])["reason"] == "away"
    gone = command(
        "subscribers", "unsubscribe", "-", standard_input=f"Subject: unsubscribe {token(SECRET, 'li')}\n"
    )
    assert gone[0] == 0
    assert json.loads(command("subscribers", "list", "--json")[1])["state"] == "unsubscribed"
    with lake.ledger.reading() as connection:
        assert len(mails(connection)) == 1


def test_secrets_do_not_stand_in_the_settings_file(command, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "var"
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text('mail_password = "x"\n', encoding="utf-8")
    settings.cache_clear()
    with pytest.raises(Exception, match="DUIXIAN_MAIL_PASSWORD"):
        settings()
