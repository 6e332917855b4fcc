import CRocksDB

extension RocksDatabase {
    /// RocksDB's own figures of all families together; nil for one that this version does not know.
    func sum(of property: StaticString) -> UInt64? {
        var sum: UInt64 = 0
        for family in ColumnFamily.allCases {
            guard let value = integer(property, family) else { return nil }
            sum += value
        }
        return sum
    }

    /// The same of what is one for the whole database.
    func integer(_ property: StaticString, _ family: ColumnFamily = .items) -> UInt64? {
        var value: UInt64 = 0
        let name = UnsafeRawPointer(property.utf8Start).assumingMemoryBound(to: CChar.self)
        return rocksdb_property_int_cf(handle, pointer(to: family), name, &value) == 0 ? value : nil
    }
}
