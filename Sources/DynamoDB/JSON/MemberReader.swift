/// Reads the members of one object, in whatever order they come.
struct MemberReader: JSONMembers {
    private enum State {
        /// The member of this name is next in the input.
        case next(JSONKey)
        /// The member that was next has been read.
        case read
        /// The object is at its end: what is required must have been there.
        case end
    }

    private var json: JSONReader
    private var state = State.end
    /// How many required members have been asked for in this pass.
    private var ordinal: UInt64 = 0
    /// The required members that were there, a bit for each.
    private var found: UInt64 = 0
    /// Members whose values could not be read; usually none.
    private(set) var unread: [String] = []

    init(_ json: JSONReader) {
        self.json = json
    }

    /// Reads the value of one member, or skips it.
    @inline(__always)
    mutating func read(
        _ key: JSONKey, of object: inout some JSONObject, from json: inout JSONReader
    ) throws(DynamoDBError) {
        try pass(.next(key), object: &object, json: &json)
        if case .next = state { try json.skip() }
    }

    /// Checks that all members were there that must be.
    @inline(__always)
    mutating func finish(_ object: inout some JSONObject, _ json: inout JSONReader) throws(DynamoDBError) {
        try pass(.end, object: &object, json: &json)
    }

    @inline(__always)
    private mutating func pass(
        _ state: State, object: inout some JSONObject, json: inout JSONReader
    ) throws(DynamoDBError) {
        self.state = state
        self.json = json
        defer { json = self.json }
        ordinal = 0
        try object.members(&self)
    }

    /// Whether the member of this name is the one to be read now.
    @inline(__always)
    private mutating func takes(_ name: StaticString) -> Bool {
        guard case .next(let key) = state, key == name else { return false }
        state = .read
        return true
    }

    /// Reads the value of the member that is next. A value that is none leaves the content as it was.
    @inline(never)
    private mutating func read<Value: JSONCodable>(
        _ name: StaticString, _ value: inout Value
    ) throws(DynamoDBError) {
        let start = json.position
        do throws(DynamoDBError) {
            value = try Value(json: &json)
        } catch {
            try recover(name, from: error, at: start)
        }
    }

    private mutating func recover(
        _ name: StaticString, from error: DynamoDBError, at start: Int
    ) throws(DynamoDBError) {
        try json.recover(from: error, at: start)
        unread.append(name.description)
    }

    @inline(never)
    private mutating func miss(_ name: StaticString) throws(DynamoDBError) {
        let error = json.violated(.missing, value: nil, at: name.description)
        if json.front == nil { throw error }
        unread.append(name.description)
    }

    @inline(__always)
    mutating func required(_ name: StaticString, _ value: inout some JSONCodable) throws(DynamoDBError) {
        let bit: UInt64 = 1 << ordinal
        ordinal += 1
        if takes(name) {
            found |= bit
            try read(name, &value)
        } else if case .end = state, found & bit == 0 {
            try miss(name)
        }
    }

    @inline(__always)
    mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) throws(DynamoDBError) {
        if takes(name) { try readOptional(name, &value) }
    }

    @inline(never)
    private mutating func readOptional<Value: JSONCodable>(
        _ name: StaticString, _ value: inout Value?
    ) throws(DynamoDBError) {
        let start = json.position
        do throws(DynamoDBError) {
            value = try Value(json: &json)
        } catch {
            try recover(name, from: error, at: start)
        }
    }

    @inline(__always)
    mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) throws(DynamoDBError) {
        if takes(name) { try read(name, &value) }
    }

    @inline(__always)
    mutating func placeholders(
        _ name: StaticString, _ value: inout [String: AttributeValue]?
    ) throws(DynamoDBError) {
        guard takes(name) else { return }
        let start = json.position
        do throws(DynamoDBError) {
            value = try json.placeholderValues()
        } catch {
            try recover(name, from: error, at: start)
        }
    }

    mutating func parameters(
        _ name: StaticString, _ value: inout [AttributeValue]?, fault: inout String?
    ) throws(DynamoDBError) {
        guard takes(name) else { return }
        let (start, count) = (json.position, json.violationCount)
        do throws(DynamoDBError) {
            value = try [AttributeValue](json: &json)
        } catch {
            // A request that breaks AWS's model, or is no JSON, fails as a whole.
            guard json.front != nil, error.code == .validationException, json.violationCount == count else {
                return try recover(name, from: error, at: start)
            }
            _ = try json.pass(over: start)
            fault = error.message
        }
    }
}
