internal import Foundation
internal import Postgres

/// A row that is listed in the order of `(created_at, id)`.
protocol KeysetRow: Sendable {
    associatedtype ID: KeysetID
    static var table: String { get }
    static var columns: [String] { get }
    var id: ID { get }
    var createdAt: Date { get }
    init(_ row: PostgresRow) throws
}

extension KeysetRow {
    /// The columns as a statement lists them.
    static var columnList: String { columns.joined(separator: ", ") }
}

/// A primary key that a cursor can carry.
protocol KeysetID: PostgresEncodable {
    var keysetBits: UInt128 { get }
    init?(keysetBits: UInt128)
}

extension UUID: KeysetID {
    var keysetBits: UInt128 { withUnsafeBytes(of: uuid) { $0.reduce(0) { $0 << 8 | UInt128($1) } } }

    init?(keysetBits: UInt128) {
        var bits = keysetBits.bigEndian
        self.init(uuid: withUnsafeBytes(of: &bits) { $0.loadUnaligned(as: uuid_t.self) })
    }
}

extension Int64: KeysetID {
    var keysetBits: UInt128 { UInt128(UInt64(bitPattern: self)) }

    init?(keysetBits: UInt128) {
        guard let bits = UInt64(exactly: keysetBits) else { return nil }
        self.init(bitPattern: bits)
    }
}
