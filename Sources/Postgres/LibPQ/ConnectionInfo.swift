import CLibPQ

/// libpq's connection strings, parsed by libpq itself.
enum ConnectionInfo {
    /// The options that `conninfo`, a URL or `key=value` list, sets.
    /// - Throws: `PostgresError` with code `.invalidConfiguration`. libpq quotes parts of the string in its
    ///   messages, and any part may be a password: what it quotes is left out.
    static func parse(_ conninfo: String) throws -> [(keyword: String, value: String)] {
        guard !conninfo.utf8.contains(0) else {
            throw PostgresError(.invalidConfiguration, "the connection string holds U+0000")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(conninfo, &message) else {
            defer { PQfreemem(message) }
            let text = message.map { ErrorFields.trimmed($0) } ?? "out of memory"
            throw PostgresError(
                .invalidConfiguration, "invalid connection string: \(Redaction.hidingQuotedText(in: text))")
        }
        defer { PQconninfoFree(options) }
        return read(options)
    }

    /// The options that the environment (`PGHOST`, `PGSERVICE` …) and libpq's own defaults set.
    static func defaults() -> [(keyword: String, value: String)] {
        guard let options = PQconndefaults() else { return [] }
        defer { PQconninfoFree(options) }
        return read(options)
    }

    /// All options that apply where `options` name a service: the string's, the service's, the environment's and libpq's
    /// own, in libpq's order of precedence. Empty where libpq cannot find the service: it says so when it connects.
    ///
    /// Only libpq reads a service's file, and only for a connection. So that this one goes nowhere, it has a setting that libpq
    /// refuses before it looks for a server; it is left out. A service may name an LDAP server, which libpq asks: that blocks.
    static func withService(_ options: [(keyword: String, value: String)]) -> [(keyword: String, value: String)] {
        let refused = options.filter { $0.keyword != Self.refused } + [(Self.refused, "none of these")]
        let connection = CStrings.with(refused.map(\.keyword)) { keywords in
            CStrings.with(refused.map(\.value)) { values in PQconnectStartParams(keywords, values, 0) }
        }
        defer { PQfinish(connection) }
        guard PQstatus(connection) == CONNECTION_BAD, let found = PQconninfo(connection) else { return [] }
        defer { PQconninfoFree(found) }
        return read(found).filter { $0.keyword != Self.refused }
    }

    private static let refused = "channel_binding"

    /// All options of a connection, the password included.
    static func options(of connection: OpaquePointer) -> [(keyword: String, value: String)] {
        guard let found = PQconninfo(connection) else { return [] }
        defer { PQconninfoFree(found) }
        return read(found)
    }

    private static func read(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [(keyword: String, value: String)] {
        var found: [(keyword: String, value: String)] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                found.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        return found
    }
}
