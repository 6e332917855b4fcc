public import ArgumentParser
import Foundation
public import MiyabiDatabase

/// `miyabi executions`: the runs of agents, and who works on them.
struct ExecutionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executions",
        abstract: "See the runs of agents, and requeue those that nobody works on.",
        discussion: """
            A worker claims a run and sends heartbeats while it works. When it shows no life any more, the next worker who asks \
            takes the run over: nothing need be done by hand. A run that was begun without a claim, by psql for example, is \
            never taken over: `miyabi executions list --stalled` shows it, `miyabi executions requeue` frees it.
            """,
        subcommands: [ExecutionsListCommand.self, ExecutionsRequeueCommand.self],
        defaultSubcommand: ExecutionsListCommand.self)
}

extension ExecutionStatus: ExpressibleByArgument {}
extension AgentType: ExpressibleByArgument {}

/// `miyabi executions list`.
struct ExecutionsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List executions, newest first, with who works on them.")

    @OptionGroup var global: GlobalOptions

    @Option(help: "Only those with this status.")
    var status: ExecutionStatus?

    @Option(help: "Only those of this agent.")
    var agent: AgentType?

    @Flag(help: "Only those that are running although nobody works on them, oldest first.")
    var stalled = false

    @Option(help: "How many at most.")
    var limit = 50

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        guard !stalled || status == nil && agent == nil else {
            throw ValidationError("--stalled goes with neither --status nor --agent.")
        }
    }

    func run() async throws {
        try await global.withRelations { try await list($0.executions) }
    }

    private func list(_ executions: ExecutionStore) async throws {
        var cursor: PageCursor?
        var rest = limit
        repeat {
            let rows: [Execution]
            if stalled {
                rows = try await executions.stalled(limit: limit)
            } else {
                let page = try await executions.list(
                    .init(status: status, agentType: agent), after: cursor, limit: min(rest, 1000))
                (rows, cursor) = (page.rows, page.next)
            }
            let leases = try await executions.leases(of: rows.map(\.id))
            for report in rows.map({ ExecutionReport($0, leases[$0.id]) }) {
                try Console.result(global.json ? try report.json : report.text)
            }
            rest -= rows.count
        } while cursor != nil && rest > 0
        if rest == limit {
            Console.error("no executions")
        } else if cursor != nil {
            Console.error("there are more: --limit")
        }
    }
}

/// `miyabi executions requeue`.
struct ExecutionsRequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Let the next worker take executions that are running.",
        discussion: """
            A worker that still works on one of them loses it: what it tells from then on is refused. Exit code 1 when one of \
            those named is not running; the others are requeued all the same.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The ids of executions.",
        transform: { text in
            guard let id = UUID(uuidString: text) else { throw ValidationError("\(text.debugDescription) is no id.") }
            return id
        })
    var executions: [UUID] = []

    @Flag(help: "Those that nobody works on, instead of some by their ids.")
    var stalled = false

    func validate() throws {
        guard stalled == executions.isEmpty else {
            throw ValidationError("Name executions by their ids, or all that nobody works on by --stalled.")
        }
    }

    func run() async throws {
        let (wanted, done) = try await global.withRelations { relations in
            let wanted =
                stalled ? try await relations.executions.stalled(limit: 10_000).map(\.id) : executions
            return (wanted, try await relations.executions.requeue(wanted))
        }
        let missed = Set(wanted).subtracting(done)
        try Console.result(global.json ? #"{"requeued":\#(done.count)}"# : "\(done.count) requeued")
        guard !missed.isEmpty, !stalled else { return }
        for id in missed.map(\.lowercased).sorted() { Console.error("miyabi: execution \(id) is not running") }
        throw ExitCode.failure
    }
}

/// An execution as the command line tells it.
private struct ExecutionReport: Encodable {
    let id: String
    let agent: String
    let status: String
    let issue: Int64?
    let userID: String
    let createdAt: String
    let worker: String?
    let attempts: Int?
    let leaseExpiresAt: String?
    let isStalled: Bool

    init(_ execution: Execution, _ lease: ExecutionLease?) {
        id = execution.id.lowercased
        agent = execution.agentType.rawValue
        status = execution.status.rawValue
        issue = execution.issueNumber
        userID = execution.userID.lowercased
        createdAt = Timestamp(execution.createdAt).description
        worker = lease?.owner
        attempts = lease?.attempts
        leaseExpiresAt = lease.map { Timestamp($0.expiresAt).description }
        isStalled = execution.status == .running && lease?.isOver ?? true
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// One line.
    var text: String {
        func padded(_ text: String, _ width: Int) -> String {
            text.padding(toLength: width, withPad: " ", startingAt: 0)
        }
        let work =
            if status != "running" { "" } else if !isStalled {
                "  \(worker ?? "a worker"), attempt \(attempts ?? 1)"
            } else if let worker { "  stalled: \(worker) has shown no life since its claim ended" } else {
                "  stalled: nobody works on it"
            }
        return "\(id)  \(padded(status, 9))  \(padded(agent, 11))  \(createdAt)\(work)"
    }
}
