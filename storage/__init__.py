"""The ledger: models, migrations, append-only writes, as-of reads, exports.

Everything that is known is a row that was appended once; nothing is updated or deleted (triggers see to
it). What holds now, and what held for any past moment, is read from the rows. Interfaces:

Open (`storage.ledger`)
    open_ledger(url_or_path, *, mode: "demo" | "real" | None = None, create: bool = False,
                clock: Callable[[], datetime] | None = None) -> Ledger
        A path, sqlite:///…, postgresql://… or postgres://…. mode None takes a ledger as it is, and makes a
        real one. LedgerError says in one sentence what is wrong and what to do.
        Ledger: .mode, .name (for people), .dialect, .close(), context manager.

Runs (`storage.runs`)
    start_run(ledger, *, kind: str, parser_version: str, run_id: str | None = None) -> Run
    finish_run(ledger, run, *, status: "completed" | "failed", counts: Mapping[str, Any] | None = None,
               note: str = "") -> None

Write (`storage.write`, one transaction a call)
    Arrival(source: str, locator: str, content: bytes | None, observed_at: datetime,
            outcome: Reading | Refused, declared: Declared = Declared(), given_by: str | None = None)
        locator: path below the source's root, canonical URL, or absolute path of a single file.
        content None: the bytes could not be had (outcome is then Refused).
    record(ledger, run, arrivals, derive, *, rederive: Collection[str] = ()) -> RunOutcome
        derive(versions: Sequence[Version]) -> Sequence[Derived] gets every version of one place (`supersedes`
        set on edited pages), once per touched place. rederive: codes of places to conclude anew although
        no document of theirs arrived ("*" in it: every place).
        RunOutcome: .documents (one DocumentOutcome per arrival, in order: .status "new" | "edited" |
        "reread" | "unchanged" | "refused", .document_id, .sha256, .statements, .code, .detail), .places,
        .changes (Counter of asserted change kinds), .withdrawn (Counter), .commit (number or None),
        .head (hash of the chain).

Parser upgrades (`storage.readings`)
    stale_texts(ledger, parser_version, *, places: Collection[str] | None = None) -> Iterator[StoredText]
        Texts whose current reading another parser version made: .source, .locator, .content, .declared,
        .observed_at; hand them to record() again, read anew, as Arrivals with the same fields.
    text_of(ledger, sha256) -> str      decoded source text of a stored version

    places_behind, texts_behind, held_texts, rehearse (`storage.upgrades`)      what to read again, and what
        recording it would change (nothing is recorded)

People's decisions (`storage.rulings`, `storage.withholding`, `storage.held`)
    record_rulings(ledger, run, rulings, derive) -> RunOutcome      with what follows, cause `ruling`
    rulings(ledger, *, known_at=None) -> list[dict];  withheld(connection).hides(sha256, spans) -> bool
    decide_held(ledger, run, id, "released" | "discarded", by, reason)

Questions (`storage.queries`; all take known_at: datetime | None for what the ledger said then)
    changes(ledger, *, district=None, level=None, kinds=(), since=None, until=None, as_of=None, known_at=None,
            include_all=False, run=None, commitment=None) -> ChangeLog
        .entries: dicts in the JSON shape of `duixian changes --json`; .undated: how many an `as_of`, `since`
        or `until` left out because their date is unknown. district: full name (see find_places).
    documents(ledger, *, district=None, known_at=None) -> list[dict]
    commitments(ledger, *, district=None, level=None, kind=None, known_at=None) -> list[dict]
    story(ledger, commitment_id, *, known_at=None) -> dict | None       id or unambiguous beginning of one
    editions(ledger, *, district=None, level=None, period=None, known_at=None) -> list[dict]
    edition_statements(ledger, edition, ...) -> list[dict]              the statements of one of them
    quarantine(ledger, *, closed=False) -> list[dict]
    runs(ledger, *, limit=20) -> list[dict]
    counts(ledger, *, known_at=None) -> Counts
        .documents, .statements, .commitments, .changes, .quarantined
    find_places(ledger, tail) -> list[Place]       every place whose full name ends in `tail`

Files and checks
    storage.exports.bundle: export(ledger, folder, *, formats, audience, district, known_at, lang, tell)
        JSON lines, CSV, XLSX, Parquet and SQLite with their description; the same state, the same bytes.
    storage.export: export_current(ledger, stream), export_full(ledger, stream)   deterministic JSON lines
    storage.verify: verify(ledger, *, derive=None, parser_version="") -> Iterator[Check]      triggers,
        indexes, bytes, hashes, chain, quotes, replay; with derive also that all conclusions follow
    storage.backups: backup(ledger, path), restore(path, target, *, replace=False, checked)
"""
