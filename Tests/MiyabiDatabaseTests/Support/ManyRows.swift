import Postgres

/// Fills tables with so many rows that the planner's choice shows: without triggers and checks of foreign keys, and with
/// the indexes made when the rows are there, which together take longer than the rest.
func insertMany(
    into tables: [String], _ configuration: PostgresConfiguration, _ statements: PostgresQuery...
) async throws {
    let connection = try await PostgresConnection.connect(configuration)
    try await connection.execute("SET session_replication_role = replica")
    let indexes = try await connection.query(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid::regclass::text = ANY(\(tables)::text[])
          AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        """
    ).decode((String, String).self)
    for (index, _) in indexes { try await connection.execute("DROP INDEX \(unsafeSQL: index)") }
    for statement in statements { try await connection.execute(statement) }
    for (_, definition) in indexes { try await connection.execute(PostgresQuery(unsafeSQL: definition)) }
    for table in tables { try await connection.execute("ANALYZE \(identifier: table)") }
    await connection.close()
}

/// The expression for row number n's id, made of a first digit and the number: cheaper than a random one.
func numberedID(_ digit: Int, _ number: String = "n") -> String {
    "('\(digit)0000000-0000-4000-8000-' || lpad((\(number))::text, 12, '0'))::uuid"
}
