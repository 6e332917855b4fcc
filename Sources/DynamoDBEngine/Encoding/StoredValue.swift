/// An item pinned in the store, or the absence of one.
struct StoredValue: ~Copyable {
    private let pinned: PinnedValue?
    /// The item; valid as long as this value.
    let item: StoredItem?

    init(_ database: RocksDatabase, key: [UInt8], _ tier: ReadTier = .disk) throws {
        try self.init(try database.value(in: .items, forKey: key, tier))
    }

    init(_ snapshot: Snapshot, key: [UInt8], _ tier: ReadTier = .disk) throws {
        try self.init(try snapshot.value(in: .items, forKey: key, tier))
    }

    private init(_ pinned: consuming PinnedValue?) throws {
        item = try StoredValue.item(in: pinned)
        self.pinned = pinned
    }

    private static func item(in pinned: borrowing PinnedValue?) throws -> StoredItem? {
        switch pinned {
        case .some(let value): try StoredItem(value.bytes)
        case .none: nil
        }
    }
}
