/// Reads a row into a `Decodable` type whose keys are names of columns.
struct RowDecoder: Decoder {
    let row: PostgresRow
    let names: PostgresColumnNames

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RowColumns(row: row, names: names))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw row.shapeError }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw row.shapeError }
}

/// The columns of a row by their names.
private struct RowColumns<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let row: PostgresRow
    let names: PostgresColumnNames

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { row.columnNames.compactMap { name in Key(stringValue: names.key(ofColumn: name)) } }

    private func column(_ key: Key) -> String { names.column(ofKey: key.stringValue, among: row.columnNames) }

    func contains(_ key: Key) -> Bool { row.columnNames.contains(column(key)) }
    func decodeNil(forKey key: Key) throws -> Bool { try row.isNull(column(key)) }

    private func value<T: PostgresDecodable>(_ key: Key) throws -> T {
        try row.decode(column(key))
    }

    /// An integer without a PostgreSQL type of its own.
    private func integer<T: FixedWidthInteger>(_ key: Key) throws -> T {
        let wide: Int64 = try value(key)
        guard let integer = T(exactly: wide) else { throw row.outOfRange(T.self, column(key)) }
        return integer
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let column = column(key)
        if let readable = type as? any PostgresDecodable.Type, let value = try row.decode(column, as: readable) as? T {
            return value
        }
        // What PostgreSQL has no type for lies in the column as JSON.
        return try row.decode(column, as: PostgresJSON.self).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw row.shapeError }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw row.shapeError }
    func superDecoder() throws -> any Decoder { throw row.shapeError }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw row.shapeError }
}
