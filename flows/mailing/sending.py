"""Sending what the outbox holds: one sender at a time, every step written down before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from digests.leaving import token
from digests.message import message
from digests.smtp import Line, NotReady, PutOff, Refused, Unanswered
from digests.subscriptions import Subscription
from flows.mailing.setup import Post
from storage.ledger import Ledger
from storage.mails.delivery import Mail, Overtaken, due, mails, take, take_in
from storage.mails.outbox import Content, contents
from storage.mails.sole import sole_sender
from storage.mails.subscribers import set_state, standings
from storage.withholding import withheld

PATIENCE = timedelta(days=5)
"""How long an address is tried that answers “not now”."""


@dataclass
class Sent:
    """What a sending did. counts: mails by what became of them; reports: sentences for the operator."""

    counts: Counter[str] = field(default_factory=Counter)
    reports: list[str] = field(default_factory=list)
    elsewhere: bool = False
    """Another process is sending: nothing was done."""


def send_due(
    ledger: Ledger,
    post: Callable[[], Post],
    subscriptions: Sequence[Subscription],
    chat: Callable[[Mail, Content], None],
) -> Sent:
    """Send every mail that is due. post is asked only where there is a mail to send; chat sends to a chat.

    Raises nothing of what a server may do: that is counted, reported and tried again later.
    """
    done = Sent()
    names = {one.id: one.name for one in subscriptions}
    with sole_sender(ledger) as ours:
        if not ours:
            done.elsewhere = True
            return done
        queue = due(ledger, ledger.clock())
        queue = [mail for mail in queue if not _dropped(ledger, mail, names, done)]
        _chats(ledger, [m for m in queue if m.channel == "chat"], chat, done)
        letters = [m for m in queue if m.channel == "mail"]
        if letters:
            _letters(ledger, letters, post(), names, done)
    return done


def _letters(ledger: Ledger, queue: Sequence[Mail], post: Post, names: Mapping[str, str], done: Sent) -> None:
    with Line(post.server) as line:
        for number, mail in enumerate(queue):
            try:
                _letter(ledger, line, mail, post, names.get(mail.subscriber, ""), done)
            except NotReady as error:
                left = len(queue) - number
                done.counts["waiting"] += left
                done.reports.append(f"{error}; {left} mails wait and are tried again")
                return


def _letter(ledger: Ledger, line: Line, mail: Mail, post: Post, name: str, done: Sent) -> None:
    if not _may_be_repeated(ledger, mail, post.repeat_in_doubt, done):
        return
    content = _content(ledger, mail)
    if content is None:
        _cancel(ledger, mail, "its words are withheld", done)
        return
    mark = token(post.secret, mail.subscriber)
    held = _last(ledger, mail)

    def handing_over() -> None:
        nonlocal held
        held = take(ledger, held, "handed over")

    try:
        answer = line.send(
            post.sender.address,
            mail.recipient,
            message(mail, content, post.sender, mark, name),
            handing_over,
        )
    except Overtaken:
        return
    except Unanswered as error:
        take(ledger, held, "in doubt", str(error))
        done.counts["in doubt"] += 1
        done.reports.append(f"{mail.subscriber}: no answer after mail {mail.key[:12]} was handed over")
    except Refused as error:
        _refuse(ledger, held, str(error), done)
    except PutOff as error:
        if error.about_recipient and ledger.clock() - mail.made_at > PATIENCE:
            _refuse(ledger, held, f"given up after {PATIENCE.days} days: {error}", done)
        else:
            take(ledger, held, "put off", str(error))
            done.counts["put off"] += 1
    else:
        take(ledger, held, "sent", answer)
        done.counts["sent"] += 1


def _chats(ledger: Ledger, queue: Sequence[Mail], chat: Callable[[Mail, Content], None], done: Sent) -> None:
    for mail in queue:
        if not _may_be_repeated(ledger, mail, True, done):
            continue
        content = _content(ledger, mail)
        if content is None:
            _cancel(ledger, mail, "its words are withheld", done)
            continue
        try:
            held = take(ledger, _last(ledger, mail), "handed over")
        except Overtaken:
            continue
        try:
            chat(mail, content)
        except PutOff as error:
            take(ledger, held, "put off", str(error))
            done.counts["put off"] += 1
            done.reports.append(f"{mail.subscriber}: {error}")
        else:
            take(ledger, held, "sent")
            done.counts["sent"] += 1


def _last(ledger: Ledger, mail: Mail) -> Mail:
    """The mail with the steps it has now."""
    with ledger.reading() as connection:
        return next(one for one in mails(connection, subscriber=mail.subscriber) if one.seq == mail.seq)


def _may_be_repeated(ledger: Ledger, mail: Mail, repeat: bool, done: Sent) -> bool:
    """Whether a mail may be handed over now; one in doubt is only where repeating is wished."""
    if mail.state != "in doubt":
        return True
    if mail.steps[-1].step == "handed over":
        take(ledger, mail, "in doubt", "cut off before the answer was written down")
    if not repeat:
        done.counts["in doubt"] += 1
        done.reports.append(f"{mail.subscriber}: mail {mail.key[:12]} is in doubt and is not repeated")
    return repeat


def _refuse(ledger: Ledger, mail: Mail, why: str, done: Sent) -> None:
    """Never again: the mail is refused and the subscriber paused, in one step."""
    with ledger.writing() as connection:
        now = ledger.clock()
        take_in(connection, mail, "refused", why, now)
        set_state(connection, mail.subscriber, "paused", f"refused: {why}", now)
    done.counts["refused"] += 1
    done.reports.append(
        f"{mail.subscriber} ({mail.recipient}) is paused: the server refuses mails to it: {why}"
    )


def _dropped(ledger: Ledger, mail: Mail, names: Mapping[str, str], done: Sent) -> bool:
    """Cancel what is not to be sent any more: somebody left, or is out of the file, or words are withheld."""
    with ledger.reading() as connection:
        standing = standings(connection).get(mail.subscriber)
    if standing is not None and standing.state == "paused":
        return True  # waits for them to come back
    if standing is None or not standing.active:
        _cancel(ledger, mail, f"the subscriber is {standing.state if standing else 'unknown'}", done)
        return True
    if mail.subscriber not in names:
        _cancel(ledger, mail, "the subscriber is not in the file any more", done)
        return True
    if _content(ledger, mail) is None:
        # The next making tells its window anew, without the words.
        _cancel(ledger, mail, "its words are withheld", done)
        return True
    return False


def _cancel(ledger: Ledger, mail: Mail, why: str, done: Sent) -> None:
    try:
        take(ledger, _last(ledger, mail), "cancelled", why)
    except Overtaken:
        return
    done.counts["cancelled"] += 1


def _content(ledger: Ledger, mail: Mail) -> Content | None:
    """What a mail says; None where any of it was withheld since it was made."""
    with ledger.reading() as connection:
        content = contents(connection, [mail.content_sha256])[mail.content_sha256]
        if content is None:
            return None
        hidden = withheld(connection)
        return None if any(name in hidden.places for name in content.cites) else content
