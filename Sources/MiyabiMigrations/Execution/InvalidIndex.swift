internal import Postgres

/// An index that the server maintains and does not use: what `CREATE INDEX CONCURRENTLY` leaves when it fails.
struct InvalidIndex: Hashable {
    /// The index's name.
    let name: String
    /// The name with its schema, quoted.
    let qualifiedName: String
    /// The table's name with its schema, quoted.
    let table: String

    /// The invalid indexes of the database, but for those that some session is building just now.
    static func all(on connection: PostgresConnection) async throws -> [InvalidIndex] {
        try await connection.query(
            """
            SELECT c.relname::text, format('%I.%I', n.nspname, c.relname), format('%I.%I', tn.nspname, t.relname)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            WHERE NOT i.indisvalid
              AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
            ORDER BY 2
            """
        ).decode((String, String, String).self).map { InvalidIndex(name: $0, qualifiedName: $1, table: $2) }
    }
}

extension Sequence<InvalidIndex> {
    /// One line an index: what it is and how to be rid of it. Empty when there is none.
    var advice: String {
        map { index in
            """

            index \(index.qualifiedName) on \(index.table) is invalid; drop it with:
                DROP INDEX CONCURRENTLY \(index.qualifiedName);
            """
        }.joined()
    }
}
