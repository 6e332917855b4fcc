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
    /// How many members have been asked for in this pass.
    private var ordinal: UInt64 = 0
    /// The members that were there, a bit for each.
    private var found: UInt64 = 0
    /// Those of them whose values could be read.
    private var sound: UInt64 = 0

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

    /// The bit of the next member.
    @inline(__always)
    private mutating func nextBit() -> UInt64 {
        defer { ordinal &+= 1 }
        return 1 << ordinal
    }

    @inline(__always)
    private mutating func read<Value: JSONCodable>(_ value: inout Value, _ bit: UInt64) throws(DynamoDBError) {
        let start = json.position
        found |= bit
        do throws(DynamoDBError) {
            value = try Value(json: &json)
            sound |= bit
        } catch {
            try json.recover(from: error, at: start)
        }
    }

    @inline(__always)
    private mutating func read<Value: JSONCodable>(_ value: inout Value?, _ bit: UInt64) throws(DynamoDBError) {
        let start = json.position
        do throws(DynamoDBError) {
            value = try Value(json: &json)
            sound |= bit
        } catch {
            try json.recover(from: error, at: start)
        }
    }

    /// At the object's end: whether a member's value is there and is asked for its constraint.
    @inline(__always)
    private func isToBeChecked(_ bit: UInt64) -> Bool {
        if case .end = state, sound & bit != 0, json.front != nil { true } else { false }
    }

    @inline(never)
    private mutating func check(_ name: StaticString, _ value: some Constrained, _ constraint: MemberConstraint) {
        if constraint.isMet(by: value) { return }
        json.noted.violations += constraint.violations(by: value, at: name.description)
    }

    @inline(never)
    private mutating func miss(_ name: StaticString) throws(DynamoDBError) {
        let error = json.violated(.missing, value: nil, at: name.description)
        if json.front == nil { throw error }
    }

    @inline(__always)
    mutating func required(_ name: StaticString, _ value: inout some JSONCodable) throws(DynamoDBError) {
        let bit = nextBit()
        if takes(name) {
            try read(&value, bit)
        } else if case .end = state, found & bit == 0 {
            try miss(name)
        }
    }

    @inline(__always)
    mutating func required(
        _ name: StaticString, _ value: inout some JSONCodable & Constrained, _ constraint: MemberConstraint
    ) throws(DynamoDBError) {
        let bit = nextBit()
        if takes(name) {
            try read(&value, bit)
        } else if case .end = state, found & bit == 0 {
            try miss(name)
        } else if isToBeChecked(bit) {
            check(name, value, constraint)
        }
    }

    @inline(__always)
    mutating func optional<Value: JSONCodable>(_ name: StaticString, _ value: inout Value?) throws(DynamoDBError) {
        let bit = nextBit()
        if takes(name) { try read(&value, bit) }
    }

    @inline(__always)
    mutating func optional<Value: JSONCodable & Constrained>(
        _ name: StaticString, _ value: inout Value?, _ constraint: MemberConstraint
    ) throws(DynamoDBError) {
        let bit = nextBit()
        if takes(name) {
            try read(&value, bit)
        } else if isToBeChecked(bit), let value {
            check(name, value, constraint)
        }
    }

    @inline(__always)
    mutating func optional(_ name: StaticString, _ value: inout some JSONCodable) throws(DynamoDBError) {
        let bit = nextBit()
        if takes(name) { try read(&value, bit) }
    }

    @inline(__always)
    mutating func placeholders(
        _ name: StaticString, _ value: inout [String: AttributeValue]?
    ) throws(DynamoDBError) {
        ordinal &+= 1
        guard takes(name) else { return }
        let start = json.position
        do throws(DynamoDBError) {
            value = try json.placeholderValues()
        } catch {
            try json.recover(from: error, at: start)
        }
    }
}
