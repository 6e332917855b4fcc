internal import Crypto
internal import DynamoDB

/// A digest of what a request asks for: the same for equal requests, in every process.
struct RequestDigest {
    private var hash = SHA256()

    /// 32 bytes.
    var bytes: [UInt8] { Array(hash.finalize()) }

    mutating func add(_ text: String?) {
        add(text.map { Array($0.utf8) })
    }

    mutating func add(_ members: [String: String]?) {
        add(members.map { Item($0.mapValues(AttributeValue.string)) })
    }

    mutating func add(_ members: [String: AttributeValue]?) {
        add(members.map { Item($0) })
    }

    mutating func add(_ item: Item?) {
        add(count: item?.count)
        for (name, value) in (item ?? [:]).sorted() {
            add(name)
            add(value)
        }
    }

    mutating func add(_ value: AttributeValue) {
        switch value {
        case .map(let members):
            add("M")
            add(members)
        case .list(let values):
            add("L")
            add(count: values.count)
            for value in values { add(value) }
        default:
            // All other values have one form in JSON; sets are sorted.
            add(value.jsonDocument)
        }
    }

    private mutating func add(_ bytes: [UInt8]?) {
        add(count: bytes?.count)
        if let bytes { hash.update(data: bytes) }
    }

    /// Counts tell where parts end, and what is absent from what is empty.
    private mutating func add(count: Int?) {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: count ?? -1))
        hash.update(data: bytes)
    }
}
