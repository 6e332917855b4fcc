internal import DynamoDB
internal import Glibc

/// Reading of the values of ``ItemFormat``.
extension ByteInput {
    mutating func tag() throws(StoredDataError) -> ItemFormat.Tag {
        guard let tag = ItemFormat.Tag(rawValue: try byte()) else { throw .malformed }
        return tag
    }

    /// Reads the value that begins here.
    mutating func value() throws(StoredDataError) -> AttributeValue {
        switch try tag() {
        case .string: return .string(try countedString())
        case .number: return .number(try DecimalNumber(ordered: try counted()))
        case .binary: return .binary([UInt8](try counted()))
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .null: return .null
        case .list:
            var contents = try container()
            let count = try contents.elementCount()
            var values: [AttributeValue] = []
            values.reserveCapacity(count)
            for _ in 0..<count { values.append(try contents.value()) }
            return .list(values)
        case .map:
            var contents = try container()
            let count = try contents.elementCount()
            return .map(try contents.attributes(count))
        case .stringSet:
            return .stringSet(try strings())
        case .numberSet:
            return .numberSet(
                try members { input throws(StoredDataError) in try DecimalNumber(ordered: try input.counted()) })
        case .binarySet:
            return .binarySet(try members { input throws(StoredDataError) in [UInt8](try input.counted()) })
        }
    }

    /// Reads `count` names and values.
    mutating func attributes(_ count: Int) throws(StoredDataError) -> Item {
        guard count <= end - offset else { throw .malformed }
        var item = Item(minimumCapacity: count)
        for _ in 0..<count {
            let name = try countedString()
            item[name] = try value()
        }
        return item
    }

    /// Moves to the value of the named attribute among the `count` that follow; false if it is not there.
    mutating func seek(attribute name: String, among count: Int) throws(StoredDataError) -> Bool {
        var name = name
        // `withUTF8` does not pass typed errors on.
        let result: Result<Bool, StoredDataError> = name.withUTF8 { wanted in
            do throws(StoredDataError) {
                return .success(try seek(UnsafeRawBufferPointer(wanted), among: count))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func seek(
        _ wanted: UnsafeRawBufferPointer, among count: Int
    ) throws(StoredDataError) -> Bool {
        for _ in 0..<count {
            if try counted().isEqual(to: wanted) { return true }
            try skipValue()
        }
        return false
    }

    /// Moves past the value that begins here.
    mutating func skipValue() throws(StoredDataError) {
        switch try tag() {
        case .string, .number, .binary: _ = try counted()
        case .false, .true, .null: break
        case .list, .map, .stringSet, .numberSet, .binarySet: _ = try take(try littleEndian32())
        }
    }

    /// Enters the list, map or set whose tag has just been read, and moves this reader past it.
    mutating func container() throws(StoredDataError) -> ByteInput {
        try nested(try littleEndian32())
    }

    /// The number of elements of the container just entered.
    mutating func elementCount() throws(StoredDataError) -> Int {
        let count = try varint()
        // Every element has at least a byte: a greater count is damage, and must not reserve memory.
        guard count <= end - offset else { throw .malformed }
        return count
    }

    private mutating func strings() throws(StoredDataError) -> StringSet {
        var contents = try container()
        let count = try contents.elementCount()
        var strings = StringSet(minimumCapacity: count)
        for _ in 0..<count { strings.insert(try contents.countedString()) }
        return strings
    }

    private mutating func members<Member: Hashable>(
        _ read: (inout ByteInput) throws(StoredDataError) -> Member
    ) throws(StoredDataError) -> Set<Member> {
        var contents = try container()
        let count = try contents.elementCount()
        var members = Set<Member>(minimumCapacity: count)
        for _ in 0..<count { members.insert(try read(&contents)) }
        return members
    }
}

extension UnsafeRawBufferPointer {
    func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let start = baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, count) == 0
    }
}
