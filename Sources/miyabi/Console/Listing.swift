import MiyabiDatabase

extension Console {
    /// Writes rows page by page, as JSON or as one table, and tells where there are none, or more.
    ///
    /// - Parameters:
    ///   - things: What they are, in the plural.
    ///   - limit: How many at most, from 1.
    ///   - table: A table with nothing but its header.
    ///   - page: The rows after a cursor, so many at most.
    ///   - add: Adds a row to the table.
    static func list<Row: Encodable & Sendable>(
        _ things: String, limit: Int, json: Bool, table: Table,
        page: (_ cursor: PageCursor?, _ limit: Int) async throws -> Page<Row>, add: (Row, inout Table) -> Void
    ) async throws {
        var cursor: PageCursor?
        var rest = limit
        repeat {
            let found = try await page(cursor, min(rest, 1000))
            cursor = found.next
            var text = table
            for row in found.rows {
                if json { try Console.json(row) } else { add(row, &text) }
            }
            if !text.isEmpty { try Console.result(text.text(withHeader: rest == limit)) }
            rest -= found.rows.count
        } while cursor != nil && rest > 0
        if rest == limit {
            Console.error("no \(things)")
        } else if cursor != nil {
            Console.error("there are more; raise --limit")
        }
    }
}
