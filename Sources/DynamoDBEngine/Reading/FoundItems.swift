internal import DynamoDB

/// What a read makes of the items that it finds.
protocol FoundItems: Sendable {
    /// Nothing has been found.
    init()

    /// Adds an item.
    ///
    /// - Parameter projection: what is wanted of it; nil for all.
    mutating func append(_ item: StoredItem, _ projection: ItemProjection?) throws
}

/// Items as values, for callers within the process.
struct ItemValues: FoundItems {
    var items: [Item] = []
    private var shape = ItemShape()

    mutating func append(_ item: StoredItem, _ projection: ItemProjection?) throws {
        items.append(try projection == nil ? shape.item(item) : item.item(projection))
    }
}

/// Items as a response's JSON, made of their stored bytes without a value between.
struct ItemDocuments: FoundItems {
    /// Objects, with commas between.
    private(set) var json: [UInt8] = []

    mutating func append(_ item: StoredItem, _ projection: ItemProjection?) throws {
        if !json.isEmpty { json.append(UInt8(ascii: ",")) }
        if let projection {
            json += try item.item(projection).jsonDocument
        } else {
            json.makeRoom(for: item.bytes.count * 2)
            var input = try item.attributes()
            try json.append(attributes: &input, count: try input.varint())
        }
    }
}

extension [UInt8] {
    /// Doubles the capacity, or more, unless there is room: `reserveCapacity` alone would copy all for each item.
    fileprivate mutating func makeRoom(for addition: Int) {
        if capacity - count < addition { reserveCapacity(Swift.max(2 * capacity, count + addition)) }
    }

    /// Appends an object of names and values in their stored form.
    fileprivate mutating func append(attributes input: inout ByteInput, count: Int) throws(StoredDataError) {
        append(UInt8(ascii: "{"))
        for index in 0..<count {
            if index > 0 { append(UInt8(ascii: ",")) }
            JSONWriter.append(string: try input.counted(), to: &self)
            append(UInt8(ascii: ":"))
            try append(value: &input)
        }
        append(UInt8(ascii: "}"))
    }

    /// Appends a value in its stored form, as `AttributeValue` writes itself.
    private mutating func append(value input: inout ByteInput) throws(StoredDataError) {
        let start = input
        switch try input.tag() {
        case .string:
            append("{\"S\":")
            JSONWriter.append(string: try input.counted(), to: &self)
            append(UInt8(ascii: "}"))
        case .number:
            append("{\"N\":\"")
            try DecimalNumber(ordered: try input.counted()).append(to: &self)
            append("\"}")
        case .binary:
            append("{\"B\":\"")
            Base64.encode(try input.counted(), to: &self)
            append("\"}")
        case .false: append("{\"BOOL\":false}")
        case .true: append("{\"BOOL\":true}")
        case .null: append("{\"NULL\":true}")
        case .list:
            append("{\"L\":[")
            var contents = try input.container()
            for index in 0..<(try contents.elementCount()) {
                if index > 0 { append(UInt8(ascii: ",")) }
                try append(value: &contents)
            }
            append("]}")
        case .map:
            append("{\"M\":")
            var contents = try input.container()
            let count = try contents.elementCount()
            try append(attributes: &contents, count: count)
            append(UInt8(ascii: "}"))
        case .stringSet, .numberSet, .binarySet:
            // Their elements are stored in no order, and told in one.
            input = start
            self += try input.value().jsonDocument
        }
    }

    private mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
