import Foundation
import Postgres

/// A listing of rows by keyset: which rows, in which direction, how many a page.
struct Listing<Row: KeysetRow> {
    /// A test without its value; that, if there is one; and its text, for cursors.
    private var conditions: [(test: String, value: (any PostgresEncodable)?, text: String)] = []
    private var isPlannedForItsValues = false
    private let order: KeysetOrder<Row>
    private let isDescending: Bool
    private let limit: Int

    /// How many rows a page may have.
    static var limits: ClosedRange<Int> { 1...1000 }

    /// - Parameters:
    ///   - order: The rows' own, if none is given.
    ///   - descending: The newest, the highest first.
    ///   - limit: Rows a page; brought into 1 to 1,000.
    init(by order: KeysetOrder<Row> = Row.order, descending: Bool = true, limit: Int) {
        self.order = order
        isDescending = descending
        self.limit = min(max(limit, Self.limits.lowerBound), Self.limits.upperBound)
    }

    /// Only rows that have this value; all of them if it is nil.
    mutating func require(_ column: String, _ value: (some PostgresEncodable & CustomStringConvertible)?) {
        if let value { conditions.append((column + " =", value, value.description)) }
    }

    /// Only rows of a period; all of them if it is nil.
    mutating func require(_ column: String, in period: Range<Date>?) {
        guard let period else { return }
        for (test, time) in [(">=", period.lowerBound), ("<", period.upperBound)] {
            conditions.append(("\(column) \(test)", time, "\(time.timeIntervalSinceReferenceDate)"))
        }
    }

    /// Only rows whose array, JSON or text compares so; all of them if the value is nil.
    ///
    /// Few rows may, or nearly all: that decides whether to look for them first, or to read the order and leave others out.
    mutating func require(
        _ column: String, _ comparison: Comparison, _ value: (some PostgresEncodable & CustomStringConvertible)?
    ) {
        guard let value else { return }
        conditions.append(("\(column) \(comparison.rawValue)", value, value.description))
        isPlannedForItsValues = true
    }

    /// What GIN indexes find.
    enum Comparison: String {
        case contains = "@>"
        case overlaps = "&&"
        case matches = "ILIKE"
    }

    /// Only rows that have this flag. It is not a parameter, so that every plan may use an index of such rows alone.
    mutating func requireFlag(_ column: String) { conditions.append((column, nil, "true")) }

    private var direction: String { isDescending ? "DESC" : "ASC" }

    /// What makes two listings the same, for cursors.
    private var name: String {
        let parts = conditions.map { "\($0.test)\($0.text.utf8.count):\($0.text)" }
        return ([Row.table, "\(order.column) \(direction)"] + parts).joined(separator: "|")
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
            PageCursor(after: .init(rank: order.rank(row), id: row.id.keysetBytes), in: name, key)
        }
        return Page(rows: found, next: next)
    }

    /// One row more than the page, which tells whether there is a next one.
    private func statement(after place: PageCursor.Place?) throws(CursorError) -> PostgresQuery {
        var query = PostgresQuery(unsafeSQL: "SELECT \(Row.columnList) FROM \(Row.source)")
        query.isPlannedForItsValues = isPlannedForItsValues
        var joint = " WHERE "
        for condition in conditions {
            query.append(unsafeSQL: joint + condition.test)
            if let value = condition.value { query.append(unsafeSQL: " \(query.bind(value))") }
            joint = " AND "
        }
        if let place {
            guard let id = Row.ID(keysetBytes: place.id) else { throw CursorError() }
            let (value, number) = (query.bind(order.value(place.rank)), query.bind(id))
            let beyond = isDescending ? "<" : ">"
            query.append(unsafeSQL: "\(joint)(\(order.column), id) \(beyond) (\(value), \(number))")
        }
        query.append(
            unsafeSQL: " ORDER BY \(order.column) \(direction), id \(direction) LIMIT \(query.bind(limit + 1))")
        return query
    }
}

/// Some rows of a listing, in its order.
public struct Page<Row: Sendable>: Sendable {
    /// The rows.
    public var rows: [Row]
    /// Where the next page begins; nil if there is none.
    public var next: PageCursor?

    package init(rows: [Row], next: PageCursor? = nil) {
        self.rows = rows
        self.next = next
    }

    /// The page with something else for each row.
    package func map<Other: Sendable>(_ transform: (Row) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(rows: try rows.map(transform), next: next)
    }
}

extension Page: Equatable where Row: Equatable {}

/// A row that is listed by a column and its id.
protocol KeysetRow: Sendable {
    associatedtype ID: KeysetID
    static var table: String { get }
    /// What its rows are listed from: the table, or a view of all of it.
    static var source: String { get }
    static var columns: [String] { get }
    /// How its rows are listed, unless somebody asks for another order.
    static var order: KeysetOrder<Self> { get }
    var id: ID { get }
    init(_ row: PostgresRow) throws
}

extension KeysetRow {
    static var source: String { table }
    /// The columns as a statement lists them.
    static var columnList: String { columns.joined(separator: ", ") }
}

/// The column that rows are listed by; their ids decide where it is equal.
struct KeysetOrder<Row: Sendable>: Sendable {
    /// The column.
    let column: String
    /// Where a row stands.
    let rank: @Sendable (Row) -> Int64
    /// The column's value at such a place.
    let value: @Sendable (Int64) -> any PostgresEncodable

    /// By a moment.
    static func time(_ column: String, _ time: @escaping @Sendable (Row) -> Date) -> KeysetOrder {
        KeysetOrder(column: column) {
            Int64((time($0).timeIntervalSince1970 * 1_000_000).rounded())
        } value: {
            Date(timeIntervalSince1970: Double($0) / 1_000_000)
        }
    }
}

/// A primary key that a cursor can carry.
protocol KeysetID: PostgresEncodable {
    var keysetBytes: [UInt8] { get }
    init?(keysetBytes: some Collection<UInt8>)
}

extension UUID: KeysetID {
    var keysetBytes: [UInt8] { withUnsafeBytes(of: uuid) { Array($0) } }

    init?(keysetBytes: some Collection<UInt8>) {
        let bytes = Array(keysetBytes)
        guard bytes.count == 16 else { return nil }
        self.init(uuid: bytes.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) })
    }
}

extension Int64: KeysetID {
    var keysetBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }

    init?(keysetBytes: some Collection<UInt8>) {
        guard keysetBytes.count == 8 else { return nil }
        self = keysetBytes.reduce(0) { $0 << 8 | Int64($1) }
    }
}

extension String: KeysetID {
    var keysetBytes: [UInt8] { Array(utf8) }

    init?(keysetBytes: some Collection<UInt8>) {
        self.init(validating: keysetBytes, as: UTF8.self)
    }
}
