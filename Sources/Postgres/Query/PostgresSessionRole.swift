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

    /// The same with another limit on each statement; zero is none. A login's limit, or the role's own, holds without this.
    public func with(statementTimeout limit: Duration) -> PostgresSessionRole {
        var role = self
        let (seconds, attoseconds) = limit.components
        // A limit of less than a millisecond must not become none.
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        role.settings["statement_timeout"] = limit == .zero ? "0" : "\(max(1, milliseconds))ms"
        return role
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

/// How much a transaction sees of others that run at the same time.
public enum IsolationLevel: String, Sendable, CaseIterable {
    /// Each statement sees what was committed before it began. The server's default.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first began.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; be ready to repeat one that fails with SQLSTATE 40001.
    case serializable = "SERIALIZABLE"
}

/// Values as text that is safe inside SQL, for the few statements that take no parameters.
enum PostgresLiteral {
    /// `text` between single quotes, whatever `standard_conforming_strings` says.
    ///
    /// A text that holds U+0000 stays refused: the statement that it becomes part of is never sent.
    static func quote(_ text: String) -> String {
        var quoted = text.utf8.contains(UInt8(ascii: "\\")) ? "E'" : "'"
        for character in text.unicodeScalars {
            if character == "'" || character == "\\" { quoted.unicodeScalars.append(character) }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "'"
    }
}

/// Names of tables, columns and other objects as text that is safe inside SQL.
public enum PostgresIdentifier {
    /// `name` between double quotes, with its own quotes doubled. The name is then case-sensitive.
    ///
    /// A name that holds U+0000 stays refused: the statement that it becomes part of is never sent.
    public static func quote(_ name: String) -> String {
        var quoted = "\""
        for character in name.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }

    /// A qualified name, as `quote("public", "users")` gives `"public"."users"`.
    public static func quote(_ schema: String, _ name: String) -> String { quote(schema) + "." + quote(name) }
}
