internal import Foundation
internal import Postgres

/// A listing of rows by keyset: which rows, in which direction, how many a page.
struct Listing<Row: KeysetRow> {
    private var conditions: [(column: String, value: (any PostgresEncodable)?, text: String)] = []
    private let isNewestFirst: Bool
    private let limit: Int

    /// How many rows a page may have.
    static var limits: ClosedRange<Int> { 1...1000 }

    /// - Parameter limit: Rows a page; brought into 1 to 1,000.
    init(newestFirst: Bool = true, limit: Int) {
        isNewestFirst = newestFirst
        self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
    }

    /// Only rows that have this value; all of them if it is nil.
    mutating func require(_ column: String, _ value: (some PostgresEncodable & CustomStringConvertible)?) {
        if let value { conditions.append((column, value, value.description)) }
    }

    /// Only rows that have this flag. It is not a parameter, so that every plan may use an index of such rows alone.
    mutating func requireFlag(_ column: String) { conditions.append((column, nil, "true")) }

    /// What makes two listings the same, for cursors.
    private var name: String {
        let parts = conditions.map { "\($0.column)=\($0.text.utf8.count):\($0.text)" }
        return ([Row.table, isNewestFirst ? "newest" : "oldest"] + parts).joined(separator: "|")
    }

    /// - Throws: ``CursorError``; `PostgresError`.
    func page(
        after cursor: PageCursor?, on connection: PostgresConnection, _ key: CursorKey
    ) async throws -> Page<Row> {
        let rows = try await connection.query(try statement(after: try cursor?.place(in: name, key)))
        var found = try rows.map { try Row($0) }
        guard found.count > limit else { return Page(rows: found) }
        found.removeLast()
        let next = found.last.map { row in
            PageCursor(after: .init(row.createdAt, row.id.keysetBits), in: name, key)
        }
        return Page(rows: found, next: next)
    }

    /// One row more than the page, which tells whether there is a next one.
    private func statement(after place: PageCursor.Place?) throws(CursorError) -> PostgresQuery {
        var query = PostgresQuery(
            unsafeSQL: "SELECT \(Row.columnList) FROM \(Row.table)")
        var joint = " WHERE "
        for condition in conditions {
            query.append(unsafeSQL: joint + condition.column)
            if let value = condition.value { query.append(unsafeSQL: " = \(query.bind(value))") }
            joint = " AND "
        }
        if let place {
            guard let id = Row.ID(keysetBits: place.id) else { throw CursorError() }
            let (time, number) = (query.bind(place.date), query.bind(id))
            query.append(unsafeSQL: "\(joint)(created_at, id) \(isNewestFirst ? "<" : ">") (\(time), \(number))")
        }
        let direction = isNewestFirst ? "DESC" : "ASC"
        query.append(unsafeSQL: " ORDER BY created_at \(direction), id \(direction) LIMIT \(query.bind(limit + 1))")
        return query
    }
}
