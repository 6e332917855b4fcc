/// Whom a session acts as: a role, and settings that policies read, for one transaction only.
public struct PostgresSessionRole: Sendable, Hashable {
    /// The role's name; the connection's login must be a member of it.
    public let name: String
    /// What is set for the transaction, such as `request.jwt.claims` or `statement_timeout`.
    public var settings: [String: String]
    /// A statement that the role runs before everything else, such as a call that gives up rights: SQL, never from outside.
    /// What it returns is left unread.
    public var preparation: String?

    /// A role with settings.
    public init(_ name: String, settings: [String: String] = [:], preparation: String? = nil) {
        self.name = name
        self.settings = settings
        self.preparation = preparation
    }

    /// What is sent in one message with BEGIN. The settings come first: the login may set more than the role.
    var prologue: String {
        var statements: [String] = []
        if !settings.isEmpty {
            let calls = settings.sorted { $0.key < $1.key }.map { name, value in
                "pg_catalog.set_config(\(PostgresLiteral.quote(name)), \(PostgresLiteral.quote(value)), true)"
            }
            statements.append("SELECT " + calls.joined(separator: ", "))
        }
        statements.append("SET LOCAL ROLE \(PostgresIdentifier.quote(name))")
        if let preparation { statements.append(preparation) }
        return statements.joined(separator: "; ")
    }
}
