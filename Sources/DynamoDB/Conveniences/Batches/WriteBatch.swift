/// Writes that fit one BatchWriteItem: at most 25, 16 MB in all, no key twice.
///
/// Source: AWS, "BatchWriteItem" in the Amazon DynamoDB API reference.
struct WriteBatch: Sendable {
    /// The values of the key attributes, in their order; nil for one that the write leaves out.
    typealias Key = [AttributeValue?]

    /// The most writes of a request.
    static let maximumCount = 25
    /// The most bytes of a request.
    static let maximumBytes = 16_000_000

    private let keyAttributes: [String]
    private var positions: [Key: Int] = [:]
    private var sizes: [Int] = []
    private(set) var requests: [WriteRequest] = []
    private var bytes = 0

    init(keyAttributes: [String]) {
        self.keyAttributes = keyAttributes
    }

    var isEmpty: Bool { requests.isEmpty }
    /// The keys that it writes.
    var keys: some Collection<Key> { positions.keys }

    /// Adds a write; one of a key that is there already takes its place. False when the batch has no room for it.
    mutating func add(_ request: WriteRequest) -> Bool {
        let key = key(of: request)
        let size = WriteBatch.size(of: request)
        if let position = positions[key] {
            guard bytes - sizes[position] + size <= WriteBatch.maximumBytes else { return false }
            bytes += size - sizes[position]
            requests[position] = request
            sizes[position] = size
            return true
        }
        // One write alone is always taken: if it is too large, the server says so better.
        guard isEmpty || requests.count < WriteBatch.maximumCount && bytes + size <= WriteBatch.maximumBytes else {
            return false
        }
        positions[key] = requests.count
        requests.append(request)
        sizes.append(size)
        bytes += size
        return true
    }

    private func key(of request: WriteRequest) -> Key {
        switch request {
        case .delete(let attributes), .put(let attributes): keyAttributes.map { attributes[$0] }
        }
    }

    /// At least what the write takes on the wire. JSON needs up to 16 bytes for one of an item's, so only items that
    /// could matter are written out to be measured.
    private static func size(of request: WriteRequest) -> Int {
        let stored =
            switch request {
            case .put(let item): item.sizeInBytes
            case .delete(let key): key.sizeInBytes
            }
        return stored <= maximumBytes / 16 / maximumCount ? stored * 16 : request.jsonDocument.count
    }
}
