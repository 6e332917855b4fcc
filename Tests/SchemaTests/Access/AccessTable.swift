import Testing

/// What a request does to a row.
enum Command: String, CaseIterable {
    case select, insert, update, delete
}

/// The access table of docs/schema.md: who may do what to the owner's row. Besides, `service_role` may do everything.
let accessTable = TableAccess.parse(
    """
    table                 | select                 | insert | update      | delete
    users                 | owner admin            |        | owner       |
    web_users             | owner                  |        | owner       |
    plugins               | anon owner other admin | admin  | owner admin | admin
    subscriptions         | owner admin            |        | owner       |
    licenses              | owner admin            |        | admin       |
    trials                | owner admin            |        |             |
    usage_events          | owner admin            |        |             |
    usage_aggregates      | owner admin            |        |             |
    revoked_licenses      | admin                  | admin  |             |
    plugin_submissions    | owner admin            | owner  | admin       |
    plugin_reviews        | anon owner other admin | owner  | owner       | owner admin
    logs                  | admin                  |        |             |
    repositories          | owner                  | owner  | owner       | owner
    agent_executions      | owner                  | owner  |             |
    execution_logs        | owner                  |        |             |
    workflows             | owner                  | owner  | owner       | owner
    line_messages         | owner                  |        |             |
    websocket_connections | owner                  |        |             |
    """)

/// One row of the access table.
struct TableAccess: CustomTestStringConvertible {
    let table: String
    private let allowed: [Command: Set<Identity>]

    func allows(_ command: Command, _ identity: Identity) -> Bool {
        identity == .service || allowed[command, default: []].contains(identity)
    }

    var testDescription: String { table }

    static func parse(_ text: String) -> [TableAccess] {
        text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.split(separator: " ").map(String.init) }
            precondition(cells.count == 1 + Command.allCases.count && cells[0].count == 1, "\(line)")
            let allowed = zip(Command.allCases, cells.dropFirst()).map { command, names in
                let identities = names.compactMap(Identity.init(rawValue:))
                precondition(identities.count == names.count, "\(line)")
                return (command, Set(identities))
            }
            return TableAccess(table: cells[0][0], allowed: Dictionary(uniqueKeysWithValues: allowed))
        }
    }
}
