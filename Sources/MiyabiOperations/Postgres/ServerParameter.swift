/// One line of the server's configuration, with the reason for it.
public struct ServerParameter: Sendable, Equatable {
    /// The setting's name in PostgreSQL.
    public let name: String
    /// Its value, as `postgresql.conf` takes it, unquoted.
    public let value: String
    /// Why it has this value, in one or two sentences.
    public let reason: String

    init(_ name: String, _ value: String, _ reason: String) {
        self.name = name
        self.value = value
        self.reason = reason
    }

    init(_ name: String, _ value: Int, _ reason: String) { self.init(name, String(value), reason) }

    /// `name = 'value'`, quoted as `postgresql.conf` wants it.
    public var line: String { "\(name) = '\(value.replacing("\\", with: "\\\\").replacing("'", with: "''"))'" }
}

/// Settings that belong together.
public struct ServerParameterGroup: Sendable, Equatable {
    /// What they are about.
    public let title: String
    /// The settings.
    public let parameters: [ServerParameter]
}
