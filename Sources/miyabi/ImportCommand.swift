import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiImport
import MiyabiOperations

/// `miyabi import`: files of records into both halves of the database.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import GitHub webhook deliveries or commit records.",
        discussion: """
            A file has one JSON object per line and may be gzip-compressed; - is standard input. Importing a file again \
            changes nothing, and completes an import that was interrupted.

            A line that is not a record is reported with its number and skipped; with --strict it ends the import. Exit \
            code 0 when every line was imported, 65 when some lines were skipped and the others imported, 1 when \
            nothing was imported.
            """,
        subcommands: [ImportGitHubCommand.self, ImportCommitsCommand.self])
}

/// `miyabi import github`.
struct ImportGitHubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "github",
        abstract: "Import GitHub webhook deliveries.",
        discussion: """
            Each line is {"event": "issues", "payload": {…}}: the header X-GitHub-Event and the body. Senders become \
            rows of web_users, repositories rows of repositories, and each delivery an event of type webhook; issues and pull \
            requests open a pending execution of an agent.
            """)

    @OptionGroup var options: ImportFileOptions

    func run() async throws {
        try await options.run(GitHubFormat.self)
    }
}

/// `miyabi import commits`.
struct ImportCommitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commits",
        abstract: "Import commit records.",
        discussion: """
            Each line is {"repository": "owner/name", "commit": "…", "committed_at": "2025-11-29T10:30:00+09:00", \
            "author": "…", "files": 1, "insertions": 2, "deletions": 3}, and becomes an event of the type \
            agent_execution.
            """)

    @OptionGroup var options: ImportFileOptions

    func run() async throws {
        try await options.run(CommitFormat.self)
    }
}

/// What every import takes.
struct ImportFileOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Argument(help: "The file: one JSON object per line, plain or gzip; - is standard input.", completion: .file())
    var file: String

    @Option(help: "The owner of new repositories: the id of a row in web_users, or a GitHub login.")
    var user: String?

    @Flag(help: "Stop at the first bad line, before anything of its batch is written.")
    var strict = false

    func run<Format: ImportFormat>(_ format: Format.Type) async throws {
        let reader = try LineReader(path: file)
        let settings = try global.settings
        let summary = try await MiyabiEnvironment.withConnection(settings, logger: global.logger) {
            Console.error("miyabi: importing into \(settings.databaseName)")
            return try await load(reader, as: format, into: $0.database)
        }
        try show(summary)
        if summary.lines > 0, summary.skipped == summary.lines {
            Console.error("miyabi: nothing was imported: no line is a record of this kind")
            throw ExitCode.failure
        }
        if summary.skipped > 0 {
            Console.error(
                "miyabi: \(summary.skipped) of \(summary.lines) lines were skipped; the others are imported. Correct them and "
                    + "import the file again: what is there already does not change.")
            throw ExitCode(65)
        }
    }

    private func show(_ summary: ImportSummary) throws {
        if global.json { try Console.json(summary) } else { try Console.result(summary.sentence) }
    }

    private func load<Format: ImportFormat>(
        _ reader: LineReader, as format: Format.Type, into database: Database
    ) async throws -> ImportSummary {
        var options = ImportOptions(isStrict: strict)
        if let user {
            options.owner = try await database.withReadOnlySession(as: .service) { try await $0.webUserID(named: user) }
        }
        let importer = Importer<Format>(database: database, options: options)
        return try await cancellingOnInterrupt {
            let bar = ProgressBar()
            defer { bar.line.clear() }
            return try await importer.run(
                reader, reporting: { bar.line.interrupt(with: "\($0); skipped") },
                progress: { bar.show($0, at: $1) })
        }
    }
}
