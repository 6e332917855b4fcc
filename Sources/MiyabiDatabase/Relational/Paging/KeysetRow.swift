internal import Foundation
internal import Postgres

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
