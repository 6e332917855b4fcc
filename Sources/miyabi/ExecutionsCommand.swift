public import ArgumentParser
import Foundation
public import MiyabiDatabase

/// `miyabi executions`: the runs of agents, and who works on them.
struct ExecutionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executions",
        abstract: "List the runs of agents, and requeue those that nobody works on.",
        discussion: """
            A worker claims a run and sends heartbeats while it works. When the heartbeats stop, another worker takes the run \
            over by itself. A run that was started without a claim, for example with psql, is never taken over: `miyabi \
            executions list --stalled` shows it, `miyabi executions requeue` frees it.
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
        abstract: "List executions, newest first, with their workers.")

    @OptionGroup var global: GlobalOptions

    @Option(help: "List only executions with this status.")
    var status: ExecutionStatus?

    @Option(help: "List only executions of this agent.")
    var agent: AgentType?

    @Flag(help: "List only running executions that nobody works on, oldest first.")
    var stalled = false

    @Option(help: "List at most this many executions.")
    var limit = 50

    func validate() throws {
        guard limit >= 1 else { throw ValidationError("--limit must be at least 1.") }
        guard !stalled || status == nil && agent == nil else {
            throw ValidationError("--stalled cannot be combined with --status or --agent.")
        }
    }

    func run() async throws {
        try await global.withRelations { try await list($0.executions) }
    }

    private func list(_ executions: ExecutionStore) async throws {
        let table = Table("ID", "STATUS", "AGENT", "CREATED", "WORKER")
        try await Console.list("executions", limit: limit, json: global.json, table: table) { cursor, limit in
            let page =
                stalled
                ? Page(rows: try await executions.stalled(limit: self.limit))
                : try await executions.list(.init(status: status, agentType: agent), after: cursor, limit: limit)
            let leases = try await executions.leases(of: page.rows.map(\.id))
            return page.map { ExecutionReport($0, leases[$0.id]) }
        } add: { report, table in
            report.add(to: &table)
        }
    }
}

/// `miyabi executions requeue`.
struct ExecutionsRequeueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requeue",
        abstract: "Give running executions to the next worker that asks.",
        discussion: """
            A worker that is still working on one of them loses it, and its later reports are refused. Exit code 1 if an \
            execution is not running; the others are requeued all the same.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(
        help: "The ids of the executions.", transform: UUID.argument)
    var executions: [UUID] = []

    @Flag(help: "Requeue all running executions that nobody works on.")
    var stalled = false

    func validate() throws {
        guard stalled == executions.isEmpty else {
            throw ValidationError("Name the executions by their ids, or use --stalled.")
        }
    }

    func run() async throws {
        let (wanted, done) = try await global.withRelations { relations in
            let wanted =
                stalled ? try await relations.executions.stalled(limit: 10_000).map(\.id) : executions
            return (wanted, try await relations.executions.requeue(wanted))
        }
        let missed = Set(wanted).subtracting(done)
        if global.json {
            try Console.json(["requeued": done.count])
        } else {
            try Console.result("requeued \(done.count) executions")
        }
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

    func add(to table: inout Table) {
        let work =
            if status != "running" { "-" } else if !isStalled {
                "\(worker ?? "a worker"), attempt \(attempts ?? 1)"
            } else if let worker { "stalled: no heartbeat from \(worker)" } else { "stalled: nobody works on it" }
        table.add(id, status, agent, createdAt, work)
    }
}
