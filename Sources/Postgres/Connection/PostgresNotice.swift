/// A message that the server sends beside results: a warning, or what `RAISE NOTICE` says.
public struct PostgresNotice: Sendable {
    /// The report's fields; `severity` is `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`.
    public let fields: PostgresError.ServerFields

    /// The primary message.
    public var message: String { fields.message }
    /// `WARNING`, `NOTICE`, `INFO`, `LOG` or `DEBUG`.
    public var severity: String { fields.severity }

    init(_ fields: PostgresError.ServerFields) { self.fields = fields }
}
