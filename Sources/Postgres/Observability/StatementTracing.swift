import Tracing

/// A span for each statement, by OpenTelemetry's conventions for PostgreSQL.
///
/// The span is named after the statement's first word and the database. Attributes: `db.system.name` (`postgresql`),
/// `db.namespace` (the database), `db.operation.name`, `db.query.text` (with placeholders where values are bound),
/// `server.address` and `server.port` where the connection string names one server; after a failure `error.type` and, if
/// the server reported it, `db.response.status_code` (the SQLSTATE).
struct StatementTracing: Sendable {
    private let tracer: (any Tracer)?
    private let database: String?
    private let host: String?
    private let port: Int?

    init(_ configuration: PostgresConfiguration) {
        tracer = configuration.tracer
        database = configuration["dbname"]
        let host = configuration["host"]
        self.host = host?.contains(",") == true ? nil : host
        port = configuration["port"].flatMap { Int($0) }
    }

    /// - Parameter showsText: `false` for texts that are not parameterised, which may hold values.
    nonisolated(nonsending) func span<R>(
        _ sql: String, at site: CallSite, showsText: Bool = true, _ body: nonisolated(nonsending) () async throws -> R
    ) async throws -> R {
        try await PostgresError.locating(site) { try await span(sql, showsText: showsText, body) }
    }

    private nonisolated(nonsending) func span<R>(
        _ sql: String, showsText: Bool, _ body: nonisolated(nonsending) () async throws -> R
    ) async throws -> R {
        guard let tracer else { return try await body() }
        let operation = String(sql.drop(while: \.isWhitespace).prefix(while: \.isLetter)).uppercased()
        let name = [operation, database ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        let span = tracer.startAnySpan(name.isEmpty ? "postgresql" : name, ofKind: .client)
        defer { span.end() }
        span.updateAttributes { attributes in
            attributes["db.system.name"] = "postgresql"
            if showsText { attributes["db.query.text"] = sql }
            if !operation.isEmpty { attributes["db.operation.name"] = operation }
            if let database { attributes["db.namespace"] = database }
            if let host { attributes["server.address"] = host }
            if let port { attributes["server.port"] = port }
        }
        do {
            return try await body()
        } catch {
            let failure = error as? PostgresError
            span.setStatus(SpanStatus(code: .error))
            span.updateAttributes { attributes in
                attributes["error.type"] = failure?.sqlState ?? failure?.code.description ?? "\(type(of: error))"
                if let sqlState = failure?.sqlState { attributes["db.response.status_code"] = sqlState }
            }
            throw error
        }
    }
}
